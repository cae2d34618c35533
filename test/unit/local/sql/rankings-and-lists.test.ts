// Rankings, lists, and what an answer says about how the question was taken.

import { describe, expect, test } from "vitest";
import { ask, type Cell } from "./ask-dataset.ts";
import { by, type Movie, mean, numbers, raw } from "./raw-data.ts";

const { flights, movies, strikes } = raw;
const year = (movie: Movie) => Number(String(movie["Release Date"]).slice(-4));

describe("rankings", () => {
  const biggest = (groups: Map<Cell, number>, count: number) =>
    [...groups]
      .toSorted(([a, x], [b, y]) => y - x || String(a).localeCompare(String(b)))
      .slice(0, count);
  const flightsByOrigin = by(
    flights,
    (f) => f.origin,
    (g) => g.length,
  );

  test("Which origin has the most flights?", () => {
    expect(ask("Which origin has the most flights?").rows).toEqual(biggest(flightsByOrigin, 1));
  });

  test("a plural asks for ten", () => {
    expect(ask("Which origins have the most flights?").rows).toEqual(biggest(flightsByOrigin, 10));
  });

  test("Top 5 airports by number of bird strikes", () => {
    const groups = by(
      strikes,
      (s) => s["Airport Name"] ?? null,
      (g) => g.length,
    );
    expect(ask("Top 5 airports by number of bird strikes").rows).toEqual(biggest(groups, 5));
  });

  test("lowest first", () => {
    const { rows } = ask("bottom 3 genres by average IMDB rating");
    const groups = by(
      movies,
      (m) => m["Major Genre"] ?? null,
      (g) => mean(numbers(g, "IMDB Rating")),
    );
    expect(rows.map(([name]) => name)).toEqual(
      biggest(groups, 99)
        .toReversed()
        .slice(0, 3)
        .map(([name]) => name),
    );
  });

  test("Top 10 movies by worldwide gross", () => {
    const gross = numbers(movies, "Worldwide Gross")
      .toSorted((a, b) => b - a)
      .slice(0, 10);
    const { rows, columns } = ask("Top 10 movies by worldwide gross");
    expect(columns).toEqual(["title", "release_date", "worldwide_gross"]);
    expect(rows.map((row) => row[2])).toEqual(gross);
  });

  test.each([
    ["heaviest car", "pontiac safari (sw)", 5140],
    [
      "Which movie has the highest production budget?",
      "Pirates of the Caribbean: At World's End",
      300_000_000,
    ],
  ])("%s", (question, name, value) => {
    const { rows } = ask(question);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.[0]).toBe(name);
    expect(rows[0]?.at(-1)).toBe(value);
  });

  test("the lowest of a column leaves out rows without a value", () => {
    const cheapest = Math.min(...numbers(movies, "Running Time min"));
    expect(ask("shortest movie").rows[0]?.[2]).toBe(cheapest);
  });
});

describe("lists", () => {
  test("values in quotation marks are titles", () => {
    expect(ask('When was "avatar" released?').rows).toEqual([["Avatar", "2009-12-18"]]);
  });

  test("several conditions", () => {
    const { rows } = ask(
      "movies with budget over 100 million released after 2005 with IMDB rating above 8",
    );
    const expected = movies.filter(
      (m) => Number(m["Production Budget"]) > 1e8 && year(m) > 2005 && Number(m["IMDB Rating"]) > 8,
    );
    expect(rows.map(([title]) => title).toSorted()).toEqual(
      expected.map((m) => m.Title).toSorted(),
    );
  });

  test("a list stops at 100 rows and says so, “all” does not", () => {
    const { rows, summary } = ask("List airports in Alaska");
    expect(rows).toHaveLength(100);
    expect(summary).toContain("The first 100 rows");
    expect(ask("List all airports in Alaska").rows).toHaveLength(263);
  });

  test("more than 5,000 rows are cut off and said to be", () => {
    const { rows, summary } = ask("show all flights");
    expect(rows).toHaveLength(5_000);
    expect(summary).toContain("More than 5000 rows");
  });
});

describe("honesty", () => {
  test("average delay by carrier: no file names carriers, and the answer says so", () => {
    const { rows, summary, translated } = ask("average delay by carrier");
    expect(rows).toEqual(ask("average delay by origin").rows);
    expect(summary).toContain("names no carrier");
    expect(translated).toMatchObject({ title: "Average delay by origin" });
  });

  test("where the data has airlines, they are used", () => {
    const { columns, summary } = ask("bird strikes by carrier");
    expect(columns).toEqual(["airline", "number_of_bird_strikes"]);
    expect(summary).not.toContain("names no carrier");
  });

  test("a default aggregate is named", () => {
    expect(ask("delay by origin").summary).toContain("No aggregate was named");
  });

  test("the summary takes its numbers from the rows", () => {
    expect(ask("How many flights are there?").summary).toBe("The number of flights is **20,000**.");
    expect(ask("Which origin has the most flights?").summary).toMatch(
      /^\*\*DFW\*\*: number of flights \*\*1,103\*\*/,
    );
    expect(ask("movies from 1900").summary).toBe("No rows match this question.");
    const average = ask("average horsepower of cars by origin").summary;
    expect(average).toBe(
      "3 rows. Highest average horsepower: **USA** (119.9); lowest: **Japan** (79.84).",
    );
  });
});
