// Rows as CSV (RFC 4180) that a spreadsheet may open without harm: Databricks' own text in every cell, null empty. It
// turns bytes of JSON into bytes of CSV and makes no string of a cell unless it must: several times as fast, and no
// garbage (docs/benchmarks.md, full-download).

import type { ResultColumn } from "../operations/result-rows.ts";
import type { RowBatch } from "../operations/row-batch.ts";
import { csvCell } from "./csv-cell.ts";
import { type Copy, copyCell } from "./csv-copy.ts";
import { isNumberType } from "./number-types.ts";
import { uniqueNames } from "./table.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const CR = 0x0d;
const LF = 0x0a;
const LENGTH_OF_NULL = 4;

/** Spreadsheets take a file for UTF-8 only with it; other readers take it for a part of the first name. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** The line of names; the same names as in JSON. */
export function csvHeader(columns: readonly ResultColumn[]): string {
  const names = uniqueNames(columns.map(({ name }) => name));
  return `${names.map((name) => csvCell(name, false)).join(",")}\r\n`;
}

/** A line for each row of a batch. Throws SyntaxError for a cell that is no text of JSON. */
export function createCsvLines(columns: readonly ResultColumn[]): (batch: RowBatch) => Uint8Array {
  const holdsNumbers = columns.map(({ type }) => isNumberType(type));
  let scratch = Buffer.alloc(0);
  return ({ json }) => {
    // No cell grows to more than twice its size: at the most its quotes are doubled and an apostrophe stands before it.
    if (scratch.length < 2 * json.length) scratch = Buffer.allocUnsafe(2 * json.length);
    const copy: Copy = { json, out: scratch, length: 0 };
    for (let at = 1; json[at] === OPEN; at += 1) at = copyRow(copy, at + 1, holdsNumbers);
    return Buffer.from(scratch.subarray(0, copy.length)); // the next batch is written over it
  };
}

/** From behind the bracket that opens the row to behind the one that closes it. */
function copyRow(copy: Copy, start: number, holdsNumbers: readonly boolean[]): number {
  const { json, out } = copy;
  let at = start;
  for (let column = 0; json[at] !== CLOSE && at < json.length; column += 1) {
    if (column > 0) {
      out[copy.length++] = COMMA;
      at += 1;
    }
    at =
      json[at] === QUOTE
        ? copyCell(copy, at + 1, holdsNumbers[column] === true)
        : at + LENGTH_OF_NULL;
  }
  out[copy.length++] = CR;
  out[copy.length++] = LF;
  return at + 1;
}
