// Movies with their earnings and ratings, as vega-datasets brings them. The set is known for faults that were
// left in on purpose (release dates after 2011, for example); they are shown as they are.

import { column, type Table } from "./table.ts";

export const movies: Table = {
  name: "movies",
  row: ["movie", "movies"],
  words: ["film", "picture"],
  about: "3,201 movies: gross, budget, release date, genre, distributor, director, ratings",
  file: "movies.json",
  headline: ["title", "release_date"],
  date: "release_date",
  columns: [
    column("title", "STRING", "dimension", {
      field: "Title",
      words: ["movie title", "called", "titled", "named", "movie name"],
    }),
    column("worldwide_gross", "LONG", "measure", {
      additive: true,
      field: "Worldwide Gross",
      words: [
        "gross",
        "grossed",
        "grossing",
        "revenue",
        "box office",
        "earning",
        "worldwide revenue",
        "made",
        "earned",
      ],
      superlatives: { "most successful": "desc" },
    }),
    column("us_gross", "LONG", "measure", {
      additive: true,
      field: "US Gross",
      label: "US gross",
      words: ["domestic gross", "us revenue", "us box office"],
    }),
    column("us_dvd_sales", "LONG", "measure", {
      additive: true,
      field: "US DVD Sales",
      label: "US DVD sales",
      words: ["dvd sale", "dvd"],
    }),
    column("production_budget", "LONG", "measure", {
      additive: true,
      field: "Production Budget",
      words: ["budget", "cost", "production cost"],
      superlatives: { "most expensive": "desc", cheapest: "asc" },
    }),
    column("release_date", "DATE", "date", {
      field: "Release Date",
      words: ["release", "released", "date"],
      superlatives: { newest: "desc", "most recent": "desc", oldest: "asc" },
    }),
    column("mpaa_rating", "STRING", "dimension", {
      field: "MPAA Rating",
      label: "MPAA rating",
      words: ["rating", "age rating", "mpaa"],
      valueWords: {
        "rated r": "R",
        "r rated": "R",
        "rated g": "G",
        "g rated": "G",
        pg: "PG",
        "rated pg": "PG",
        "pg 13": "PG-13",
        "rated pg 13": "PG-13",
        "nc 17": "NC-17",
        "not rated": "Not Rated",
      },
    }),
    column("running_time", "LONG", "measure", {
      field: "Running Time min",
      words: ["runtime", "length", "duration", "minute"],
      superlatives: { longest: "desc", shortest: "asc" },
    }),
    column("distributor", "STRING", "dimension", {
      field: "Distributor",
      words: ["studio", "distributed"],
      findValues: true,
    }),
    column("source", "STRING", "dimension", { field: "Source", findValues: true }),
    column("genre", "STRING", "dimension", {
      field: "Major Genre",
      words: ["major genre", "category"],
      findValues: true,
      valueWords: { thriller: "Thriller/Suspense", concert: "Concert/Performance" },
    }),
    column("creative_type", "STRING", "dimension", {
      field: "Creative Type",
      findValues: true,
      valueWords: { superhero: "Super Hero" },
    }),
    column("director", "STRING", "dimension", {
      field: "Director",
      words: ["directed", "direct"],
      findValues: true,
    }),
    column("rotten_tomatoes_rating", "LONG", "measure", {
      field: "Rotten Tomatoes Rating",
      label: "Rotten Tomatoes rating",
      words: ["rating", "rotten tomatoes", "rotten tomatoes score", "score"],
    }),
    column("imdb_rating", "DOUBLE", "measure", {
      field: "IMDB Rating",
      label: "IMDB rating",
      words: ["rating", "imdb", "imdb score", "score"],
      superlatives: { best: "desc", "best rated": "desc", "highest rated": "desc", worst: "asc" },
    }),
    column("imdb_votes", "LONG", "measure", {
      additive: true,
      field: "IMDB Votes",
      label: "IMDB votes",
      words: ["vote"],
    }),
  ],
  absent: [],
  examples: [
    "Top 10 movies by worldwide gross",
    "Average IMDB rating by genre",
    "Total worldwide gross by distributor",
    "How many movies were released by year?",
    "Which director has the highest average IMDB rating?",
  ],
};
