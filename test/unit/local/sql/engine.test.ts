// The engine takes SQL from anybody who holds the dataset: only bounded SELECTs over the public tables run.

import { describe, expect, test } from "vitest";
import { dataset } from "./ask-dataset.ts";

describe("what runs", () => {
  test("types and texts are Databricks'", () => {
    const data = dataset.run(
      "SELECT date, delay, origin, delay / 2.0 AS half, delay * 1e6 AS big, 1e-4 AS small, 3.0 AS three, NULL AS gap FROM flights LIMIT 1",
    );
    expect(data.columns.map(({ type }) => type)).toEqual([
      "TIMESTAMP",
      "LONG",
      "STRING",
      "DOUBLE",
      "DOUBLE",
      "DOUBLE",
      "DOUBLE",
      "STRING",
    ]);
    expect(data.rows).toEqual([
      ["2001-01-01T00:47:00.000Z", "66", "DTW", "33.0", "6.6E7", "1.0E-4", "3.0", null],
    ]);
  });

  test("an expression has the type of its values", () => {
    const { columns } = dataset.run(
      "SELECT MAX(date), MIN(release_date), COUNT(*), MAX(title), DATE_FORMAT(release_date, 'yyyy-MM') FROM flights, movies WHERE title = 'Avatar' AND delay > 500",
    );
    expect(columns.map(({ type }) => type)).toEqual([
      "TIMESTAMP",
      "DATE",
      "LONG",
      "STRING",
      "STRING",
    ]);
  });

  test("no rows still have columns", () => {
    const data = dataset.run("SELECT title FROM movies WHERE title = 'no such title'");
    expect(data).toEqual({ columns: [{ name: "title", type: "STRING" }], rows: [] });
  });

  test("exactly 5,000 rows are not truncated, one more is", () => {
    expect(dataset.run("SELECT * FROM flights LIMIT 5000").truncated).toBeUndefined();
    const data = dataset.run("SELECT * FROM flights LIMIT 5001");
    expect([data.truncated, data.rows.length]).toEqual([true, 5_000]);
  });

  test("comments, a closing semicolon and a semicolon in a string are one statement", () => {
    expect(dataset.run("SELECT ';' AS x -- ;\n ; /* ; */").rows).toEqual([[";"]]);
  });

  test("tables are told by what SQLite reads, not by the text", () => {
    const sql =
      "WITH cars AS (SELECT * FROM movies) SELECT 'weather' FROM cars JOIN `airports` ON iata = title";
    expect(dataset.tablesIn(sql)).toEqual(["airports", "movies"]);
    expect(dataset.tablesIn("SELECT 1")).toEqual([]);
  });
});

describe("what does not", () => {
  test.each([
    ["", "PARSE_SYNTAX_ERROR"],
    ["SELEC 1", "PARSE_SYNTAX_ERROR"],
    ["SELECT 1; SELECT 2", "PARSE_SYNTAX_ERROR"],
    ["SELECT 1\0", "PARSE_SYNTAX_ERROR"],
    [`SELECT '${"x".repeat(20_000)}'`, "PARSE_SYNTAX_ERROR"],
    ["SELECT * FROM nowhere", "TABLE_OR_VIEW_NOT_FOUND"],
    ["SELECT colour FROM flights", "UNRESOLVED_COLUMN"],
    ['SELECT "text" FROM flights', "UNRESOLVED_COLUMN"],
    ["DELETE FROM flights", "INSUFFICIENT_PERMISSIONS"],
    ["UPDATE flights SET delay = 0", "INSUFFICIENT_PERMISSIONS"],
    ["INSERT INTO flights VALUES (1, 2, 3, 4, 5)", "INSUFFICIENT_PERMISSIONS"],
    ["DROP TABLE flights", "INSUFFICIENT_PERMISSIONS"],
    ["CREATE TABLE t (x)", "INSUFFICIENT_PERMISSIONS"],
    ["ATTACH '/tmp/x' AS y", "INSUFFICIENT_PERMISSIONS"],
    ["VACUUM INTO '/tmp/x'", "PARSE_SYNTAX_ERROR"],
    ["PRAGMA database_list", "INSUFFICIENT_PERMISSIONS"],
    ["BEGIN", "INSUFFICIENT_PERMISSIONS"],
    ["SELECT * FROM sqlite_master", "INSUFFICIENT_PERMISSIONS"],
    ["SELECT * FROM pragma_database_list", "INSUFFICIENT_PERMISSIONS"],
    ["SELECT * FROM json_each('[1]')", "INSUFFICIENT_PERMISSIONS"],
    ["SELECT load_extension('x')", "INSUFFICIENT_PERMISSIONS"],
    ["SELECT zeroblob(1000000000)", "INSUFFICIENT_PERMISSIONS"],
    [
      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT COUNT(*) FROM c",
      "INSUFFICIENT_PERMISSIONS",
    ],
    ["SELECT COUNT(*) FROM flights a, flights b", "QUERY_TOO_COSTLY"],
    [
      "SELECT COUNT(*) FROM flights a JOIN flights b ON a.origin = b.origin JOIN flights c ON b.origin = c.origin",
      "QUERY_TOO_COSTLY",
    ],
    [
      "SELECT (SELECT COUNT(*) FROM flights b WHERE b.delay > a.delay) FROM flights a",
      "QUERY_TOO_COSTLY",
    ],
  ])("%j is refused", (sql, name) => {
    expect(() => dataset.run(sql)).toThrow(name);
    expect(() => dataset.tablesIn(sql)).toThrow(name);
    expect(dataset.run("SELECT COUNT(*) FROM flights").rows).toEqual([["20000"]]);
  });
});
