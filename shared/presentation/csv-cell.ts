// One cell of CSV as text: quoted where RFC 4180 §2 wants it, and with an apostrophe where a spreadsheet would take it for
// a formula (OWASP, CSV injection).

import { isNumberText } from "./exact-number.ts";

const NEEDS_QUOTES = /[",\r\n]/;
/** What Excel, LibreOffice and Google Sheets take for the start of a formula. */
const FORMULA_STARTS: ReadonlySet<number | undefined> = new Set(
  [..."=+-@\t\r"].map((character) => character.charCodeAt(0)),
);

/** @param byte the first of a cell, in UTF-8 or UTF-16 alike; undefined for an empty one */
export function isFormulaStart(byte: number | undefined): boolean {
  return FORMULA_STARTS.has(byte);
}

/** -5 in a column of numbers is a number and no formula; whatever else stands there is text. */
export function csvCell(cell: string, inNumbers: boolean): string {
  const isFormula = isFormulaStart(cell.charCodeAt(0)) && !(inNumbers && isNumberText(cell));
  const safe = isFormula ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
