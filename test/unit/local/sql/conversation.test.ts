// Follow-ups change the query before them; doubts are asked back about; questions about the data need no SQL.

import { describe, expect, test } from "vitest";
import { ALL_TABLES } from "../../../../local/databricks/sql/tables/all-tables.ts";
import { ask, askNumber, dataset } from "./ask-dataset.ts";

describe("a follow-up equals the question asked in full", () => {
  test.each([
    [["average delay by origin", "and by destination?"], "average delay by destination"],
    [["average delay by origin", "top 3 only"], "top 3 origins by average delay"],
    [["average delay by origin", "what about the maximum?"], "maximum delay by origin"],
    [["average delay by origin", "what about the distance?"], "average distance by origin"],
    [["average delay by origin", "only for february"], "average delay by origin in february"],
    [["average delay by origin", "only from Texas"], "average delay by origin from Texas"],
    [["how many movies", "by genre", "only since 2000"], "how many movies by genre since 2000"],
    [["how many movies by genre", "and by distributor"], "how many movies by distributor"],
    [["how many movies by genre since 2000", "only 2005"], "how many movies by genre in 2005"],
    [
      ["total precipitation in Seattle by year", "what about New York?"],
      "total precipitation in New York by year",
    ],
    [
      ["average horsepower of cars by origin", "only japanese", "without filter"],
      "average horsepower of cars by origin",
    ],
    [
      ["top 10 movies by worldwide gross", "only comedies"],
      "top 10 movies by worldwide gross comedies",
    ],
    [
      ["which airline had the most bird strikes", "and the fewest?"],
      "which airline had the fewest bird strikes",
    ],
    [["average delay by origin", "count them"], "how many flights by origin"],
    [["average delay by origin", "also by destination"], "average delay by origin and destination"],
    [["average delay by origin", "thanks", "top 3"], "top 3 origins by average delay"],
  ])("%j", (questions, full) => {
    const followed = ask(...questions);
    expect(followed.rows.length).toBeGreaterThan(0);
    expect(followed.rows).toEqual(ask(full).rows);
  });
});

test("a full question starts anew", () => {
  expect(askNumber("average delay by origin in february", "how many flights are there?")).toBe(
    20_000,
  );
  expect(ask("average delay by origin", "average horsepower of cars by year").columns[0]).toBe(
    "year",
  );
});

describe("asking back", () => {
  test.each([
    ["what is the performance by origin", "performance"],
    ["average rating by genre", "IMDB rating"],
    ["average temperature", "daily low temperature"],
    ["how many by origin", "flights or cars"],
    ["delay", "average"],
    ["the average", "What would you like to know"],
    ["average delay of movies", "“delay” is in flights"],
    ["highest average delay", "grouped by what"],
    ["directors with more than 10 movies", "“10”"],
    ["airports by year", "no dates"],
    ["", "What would you like to know"],
    ["!...", "What would you like to know"],
    ["word ".repeat(200), "too long"],
  ])("%j is asked back about", (question, words) => {
    const translated = dataset.translate(question, []);
    expect(translated).toMatchObject({ kind: "clarify", question: expect.stringContaining(words) });
  });

  test.each([
    [["average rating by genre", "IMDB rating"], "average IMDB rating by genre"],
    [["how many by origin", "cars"], "how many cars by origin"],
    [["delay", "the average", "by origin"], "average delay by origin"],
    [
      ["average temperature", "the daily low temperature", "in Seattle"],
      "average min temperature in Seattle",
    ],
    [["average performance by origin", "I mean the delay"], "average delay by origin"],
  ])("the answer %j completes the question", (questions, full) => {
    const completed = ask(...questions);
    expect(completed.rows.length).toBeGreaterThan(0);
    expect(completed.rows).toEqual(ask(full).rows);
  });

  test("a doubt in the middle keeps what was understood before it", () => {
    const rows = ask("average delay by origin", "and the colour of the wings?", "top 3").rows;
    expect(rows).toEqual(ask("top 3 origins by average delay").rows);
  });
});

describe("about itself", () => {
  test.each([
    "what data do you have?",
    "help",
    "What can you do?",
    "which tables are there",
    "hello",
  ])("%s", (question) => {
    expect(dataset.translate(question, [])).toMatchObject({
      kind: "text",
      text: expect.stringContaining("flights"),
    });
  });

  test("one table", () => {
    expect(dataset.translate("describe movies", [])).toMatchObject({
      text: expect.stringContaining("`imdb_rating`"),
    });
  });
});

const examples = ALL_TABLES.flatMap((table) => table.examples);

test.each(examples)("the example “%s” has an answer, and so have its suggestions", (example) => {
  const { translated, rows } = ask(example);
  expect(rows.length).toBeGreaterThan(0);
  expect(translated.suggestedQuestions.length).toBeGreaterThan(0);
  for (const suggestion of translated.suggestedQuestions) {
    expect(ask(example, suggestion).rows.length, suggestion).toBeGreaterThan(0);
  }
});
