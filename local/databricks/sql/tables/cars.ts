// Cars of 1970 to 1982 (StatLib), as vega-datasets brings them.

import { column, type Table } from "./table.ts";

export const cars: Table = {
  name: "cars",
  row: ["car", "cars"],
  words: ["automobile", "vehicle", "model"],
  about: "406 cars of 1970 to 1982: consumption, cylinders, horsepower, weight, origin",
  file: "cars.json",
  headline: ["name", "year", "origin"],
  date: "year",
  columns: [
    column("name", "STRING", "dimension", { field: "Name", words: ["car name"] }),
    column("miles_per_gallon", "DOUBLE", "measure", {
      field: "Miles_per_Gallon",
      words: ["mpg", "mileage", "fuel economy", "fuel efficiency", "consumption"],
      superlatives: { "most economical": "desc", "most efficient": "desc", thirstiest: "asc" },
    }),
    column("cylinders", "LONG", "both", { field: "Cylinders", words: ["cylinder"] }),
    column("displacement", "DOUBLE", "measure", { field: "Displacement", words: ["engine size"] }),
    column("horsepower", "LONG", "measure", {
      field: "Horsepower",
      words: ["hp", "power"],
      superlatives: { "most powerful": "desc", strongest: "desc", weakest: "asc" },
    }),
    column("weight", "LONG", "measure", {
      field: "Weight_in_lbs",
      words: ["pound", "lb"],
      superlatives: { heaviest: "desc", lightest: "asc" },
    }),
    column("acceleration", "DOUBLE", "measure", {
      field: "Acceleration",
      superlatives: { fastest: "asc", quickest: "asc", slowest: "desc" },
    }),
    column("year", "DATE", "date", {
      field: "Year",
      words: ["model year"],
      superlatives: { newest: "desc", oldest: "asc" },
    }),
    column("origin", "STRING", "dimension", {
      field: "Origin",
      words: ["region", "made in"],
      findValues: true,
      valueWords: {
        japanese: "Japan",
        european: "Europe",
        american: "USA",
        "united states": "USA",
        america: "USA",
      },
    }),
  ],
  absent: [],
  examples: [
    "What is the average horsepower of cars by origin?",
    "Average miles per gallon by year",
    "Top 10 cars by horsepower",
    "How many cars were made in Japan?",
  ],
};
