// Rows as CSV (RFC 4180) that a spreadsheet may open without harm: Databricks' own text in every cell, null empty. It
// turns bytes of JSON into bytes of CSV and makes no string of a cell unless it must: several times as fast, and no
// garbage (docs/benchmarks.md, full-download).

import type { ResultColumn } from "../operations/result-rows.ts";
import type { FoundRows, RowWriter } from "../operations/row-batch.ts";
import { csvCell } from "./csv-cell.ts";
import { type Copy, copyCell, ODD, oddOrCutOff } from "./csv-copy.ts";
import { isNumberType } from "./number-types.ts";
import type { PieceMemory } from "./piece-memory.ts";
import { uniqueNames } from "./table.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const CR = 0x0d;
const LF = 0x0a;
const LETTER_N = 0x6e;
const LETTER_U = 0x75;
const LETTER_L = 0x6c;

/** Spreadsheets take a file for UTF-8 only with it; other readers take it for a part of the first name. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** The line of names; the same names as in JSON. */
export function csvHeader(columns: readonly ResultColumn[]): string {
  const names = uniqueNames(columns.map(({ name }) => name));
  return `${names.map((name) => csvCell(name, false)).join(",")}\r\n`;
}

/** A line for each row, written while it is found. */
export function createCsvWriter(columns: readonly ResultColumn[], memory: PieceMemory): RowWriter {
  const holdsNumbers = columns.map(({ type }) => isNumberType(type));
  return (json, start, end) => {
    const copy: Copy = { json, end, out: memory.open(2 * (end - start)), length: 0 };
    const found = copyRows(copy, start, holdsNumbers);
    if (copy.length > 0) memory.give();
    return { ...found, written: copy.out.subarray(0, copy.length) };
  };
}

/** The rows from `start` on that are there to their end. */
function copyRows(copy: Copy, start: number, holdsNumbers: readonly boolean[]): FoundRows {
  const { json } = copy;
  let count = 0;
  let end = start;
  for (let at = start; ; at = end + 1) {
    const before = copy.length;
    const behind = copyRow(copy, at, holdsNumbers);
    if (behind < 0) {
      copy.length = before;
      return { count, end, isOdd: behind === ODD };
    }
    end = behind;
    count += 1;
    if (json[end] !== COMMA) return { count, end, isOdd: end < copy.end && json[end] !== CLOSE };
  }
}

/** From the bracket that opens the row to behind the one that closes it, or ODD or CUT_OFF. */
function copyRow(copy: Copy, start: number, holdsNumbers: readonly boolean[]): number {
  const { json, out } = copy;
  if (json[start] !== OPEN) return oddOrCutOff(copy, start);
  let at = start + 1;
  for (let column = 0; column < holdsNumbers.length; column += 1) {
    if (column > 0) {
      if (json[at] !== COMMA) return oddOrCutOff(copy, at);
      out[copy.length++] = COMMA;
      at += 1;
    }
    const inNumbers = holdsNumbers[column] === true;
    at = json[at] === QUOTE ? copyCell(copy, at + 1, inNumbers) : behindNull(copy, at);
    if (at < 0) return at;
  }
  if (json[at] !== CLOSE) return oddOrCutOff(copy, at);
  out[copy.length++] = CR;
  out[copy.length++] = LF;
  return at + 1;
}

function behindNull(copy: Copy, start: number): number {
  const { json } = copy;
  let at = start;
  if (json[at] !== LETTER_N) return oddOrCutOff(copy, at);
  if (json[++at] !== LETTER_U) return oddOrCutOff(copy, at);
  if (json[++at] !== LETTER_L) return oddOrCutOff(copy, at);
  if (json[++at] !== LETTER_L) return oddOrCutOff(copy, at);
  return at + 1;
}
