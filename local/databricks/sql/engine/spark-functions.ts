// The few Spark SQL functions that SQLite lacks, so that the generated SQL reads as it would on Databricks.
// (MEDIAN is SQLite's own.)

import type { Database } from "./sqlite-driver.ts";

/** Adds YEAR and MONTH (numbers) and DATE_FORMAT (with the one pattern `yyyy-MM`). */
export function addSparkFunctions(db: Database): void {
  const deterministic = { deterministic: true };
  // A bigint becomes an SQL integer; a JavaScript number would become a double.
  db.function("year", deterministic, (date) => partOfDate(date, 0, 4));
  db.function("month", deterministic, (date) => partOfDate(date, 5, 7));
  db.function("date_format", deterministic, (date, pattern) => {
    if (pattern !== "yyyy-MM") throw new Error("DATE_FORMAT knows only the pattern yyyy-MM here");
    return typeof date === "string" ? date.slice(0, 7) : null;
  });
}

function partOfDate(date: unknown, from: number, to: number): bigint | null {
  const digits = typeof date === "string" ? date.slice(from, to) : "";
  return /^\d+$/.test(digits) ? BigInt(digits) : null;
}
