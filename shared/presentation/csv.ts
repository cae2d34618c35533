// Rows as CSV (RFC 4180) that a spreadsheet may open without harm: Databricks' own text in every cell, null empty.
// It never changes a number, and never lets a text start a formula.

import type { ResultColumn, ResultRow } from "../operations/genie.ts";
import { isNumberText } from "./exact-number.ts";
import { uniqueNames } from "./table.ts";

const LINE_END = "\r\n";
const NEEDS_QUOTES = /[",\r\n]/;
/** What Excel, LibreOffice and Google Sheets take for the start of a formula (OWASP, CSV injection). */
const FORMULA_STARTS: ReadonlySet<number> = new Set([..."=+-@\t\r"].map((c) => c.charCodeAt(0)));
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
  const names = uniqueNames(columns.map(({ name }) => name));
  return names.map((name) => cellText(name, false)).join(",") + LINE_END;
}

/** A line for each row; a row that is shorter than the columns ends with empty cells. */
export function csvLines(columns: readonly ResultColumn[], rows: readonly ResultRow[]): string {
  const holdsNumbers = columns.map(({ type }) => NUMBER_TYPES.has(type));
  let text = "";
  // Plain loops: this runs for every cell of a million rows (docs/benchmarks.md, full-download).
  for (const row of rows) {
    for (let index = 0; index < holdsNumbers.length; index += 1) {
      if (index > 0) text += ",";
      const cell = row[index];
      if (cell) text += cellText(cell, holdsNumbers[index] === true);
    }
    text += LINE_END;
  }
  return text;
}

/** -5 in a column of numbers is a number and no formula; whatever else stands there is text. */
function cellText(cell: string, inNumbers: boolean): string {
  const isFormula = FORMULA_STARTS.has(cell.charCodeAt(0)) && !(inNumbers && isNumberText(cell));
  const safe = isFormula ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
