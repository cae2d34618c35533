// One cell of CSV as text: quoted where RFC 4180 §2 wants it, and with an apostrophe where a spreadsheet would take it for
// a formula (OWASP, CSV injection).

import { isNumberText } from "./exact-number.ts";

/** U+FEFF at the front of a file would be a byte order mark that nobody asked for. */
const NEEDS_QUOTES = /[",\r\n]|^\uFEFF/;
/** What Excel, LibreOffice and Google Sheets take for the start of a formula, also behind a byte order mark. */
const FORMULA = /^\uFEFF*[=+\-@\t\r]/;
/** With the first byte of U+FEFF. */
const CAREFUL_BYTES: ReadonlySet<number | undefined> = new Set([...Buffer.from("=+-@\t\r"), 0xef]);

/** Whether a cell that begins with this byte of UTF-8 may be a formula; undefined for an empty one. */
export function mayStartFormula(byte: number | undefined): boolean {
  return CAREFUL_BYTES.has(byte);
}

/** -5 in a column of numbers is a number and no formula; whatever else stands there is text. */
export function csvCell(cell: string, inNumbers: boolean): string {
  const isFormula = FORMULA.test(cell) && !(inNumbers && isNumberText(cell));
  const safe = isFormula ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
