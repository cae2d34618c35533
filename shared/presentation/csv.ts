// Rows as CSV (RFC 4180) that a spreadsheet may open without harm: Databricks' own text in every cell, null empty.
// It never changes a number, and never lets a text start a formula.

import type { ResultColumn, ResultRow } from "../operations/genie.ts";
import { isNumberText } from "./exact-number.ts";
import { uniqueNames } from "./table.ts";

const LINE_END = "\r\n";
const NEEDS_QUOTES = /[",\r\n]/;
/** What Excel, LibreOffice and Google Sheets take for the start of a formula (OWASP, CSV injection). */
const STARTS_FORMULA = /^[=+\-@\t\r]/;
const NUMBER_TYPES: ReadonlySet<string> = new Set([
  "BYTE",
  "SHORT",
  "INT",
  "LONG",
  "FLOAT",
  "DOUBLE",
  "DECIMAL",
]);

/** Spreadsheets take a file for UTF-8 only with it; other readers take it for a part of the first name. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** The line of names; the same names as in JSON. */
export function csvHeader(columns: readonly ResultColumn[]): string {
  return (
    uniqueNames(columns.map(({ name }) => name))
      .map(textCell)
      .join(",") + LINE_END
  );
}

/** A line for each row; a row that is shorter than the columns ends with empty cells. */
export function csvLines(columns: readonly ResultColumn[], rows: readonly ResultRow[]): string {
  const writers = columns.map(({ type }) => (NUMBER_TYPES.has(type) ? numberCell : textCell));
  let text = "";
  for (const row of rows) {
    for (const [index, write] of writers.entries()) {
      if (index > 0) text += ",";
      const cell = row[index] ?? null;
      if (cell !== null) text += write(cell);
    }
    text += LINE_END;
  }
  return text;
}

/** -5 is a number and no formula; whatever else stands in a column of numbers is text. */
function numberCell(cell: string): string {
  return isNumberText(cell) ? cell : textCell(cell);
}

function textCell(cell: string): string {
  const safe = STARTS_FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
