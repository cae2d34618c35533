// Any text whatever is a question: it never throws, and the SQL it leads to is made of our own words and values.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createDataset } from "../../../../local/databricks/sql/answer-question.ts";
import { ALL_TABLES } from "../../../../local/databricks/sql/tables/all-tables.ts";

const dataset = await createDataset();
const TABLES = new Set(ALL_TABLES.map((table) => table.name));

/** Translates and, where there is SQL, runs it: everything that may be said about any question. */
function holdsFor(question: string, earlier: readonly string[] = []): string {
  const history = earlier.map((text) => ({ question: text, sql: "" }));
  const translated = dataset.translate(question, history);
  expect(translated.suggestedQuestions.length).toBeLessThanOrEqual(3);
  if (translated.kind !== "sql") return translated.kind;
  expect(translated.sql).toMatch(/^SELECT /);
  expect(dataset.tablesIn(translated.sql).every((name) => TABLES.has(name))).toBe(true);
  const data = dataset.run(translated.sql);
  expect(data.rows.length).toBeLessThanOrEqual(5_000);
  expect(dataset.summarise(translated, data)).not.toBe("");
  return translated.kind;
}

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
);

test("any text, also as the history", () => {
  fc.assert(
    fc.property(anyText, fc.array(anyText, { maxLength: 3 }), (question, earlier) => {
      holdsFor(question, earlier);
    }),
    { numRuns: 300 },
  );
});

const WORDS = [
  ...ALL_TABLES.flatMap((table) => [...table.row, ...table.columns.map((column) => column.label)]),
  ..."average total maximum median how_many by per top 5 bottom highest most lowest longest and or not in from to".split(
    " ",
  ),
  ..."over under at_least between after since 1990 2001 60 8 million Seattle Japan Texas SEA comedy rain".split(
    " ",
  ),
  ..."only what_about also list all different month year sorted_by rating carrier ; ' -- \" ) union select".split(
    " ",
  ),
].map((word) => word.replaceAll("_", " "));
const wordSoup = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 9 })
  .map((words) => words.join(" "));

test("any mix of known words, in any conversation", () => {
  let answered = 0;
  fc.assert(
    fc.property(wordSoup, fc.array(wordSoup, { maxLength: 2 }), (question, earlier) => {
      if (holdsFor(question, earlier) === "sql") answered++;
    }),
    { numRuns: 400 },
  );
  // Otherwise the property would hold for a translator that never answers.
  expect(answered).toBeGreaterThan(20);
});

test.each([
  ["'; DROP TABLE flights; --"],
  ["average delay by origin'; DELETE FROM flights; --"],
  ['movies called "x\' OR 1=1 --"'],
  ['movies called "\\\'; DROP TABLE movies"'],
  ["average `delay`) UNION SELECT * FROM sqlite_master --"],
  ["average delay by origin\0 and by destination"],
  ["\u202eaverage delay by origin"],
  ["ａｖｅｒａｇｅ ｄｅｌａｙ ｂｙ ｏｒｉｇｉｎ"],
  ["top 99999999999999999999999999 movies by gross"],
  ["top -1 movies by gross"],
  ["movies with budget over 1e999"],
  [`flights with delay over ${"9".repeat(400)}`],
  ["__proto__ by constructor"],
  ["average delay by toString"],
])("%j is harmless", (question) => {
  holdsFor(question);
  holdsFor(question, ["average delay by origin", question]);
});

test.each([
  ["words", "delay ".repeat(1_700)],
  ["quotes", '"'.repeat(10_000)],
  ["one word", "a".repeat(10_000)],
  ["digits", "1,".repeat(5_000)],
  ["accents", "e\u0301".repeat(5_000)],
  ["apostrophes", "a's ".repeat(2_500)],
  ["blanks", `what data ${" ".repeat(9_980)}`],
])("10,000 characters of %s are read in bounded time", (_name, question) => {
  const started = performance.now();
  holdsFor(
    question,
    Array.from({ length: 50 }, () => question),
  );
  expect(performance.now() - started).toBeLessThan(5_000);
});
