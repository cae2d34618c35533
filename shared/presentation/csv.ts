// Rows as CSV (RFC 4180) that a spreadsheet may open without harm: Databricks' own text in every cell, null empty. It
// turns bytes of JSON into bytes of CSV and makes no string of a cell unless it must: several times as fast, and no
// garbage (docs/benchmarks.md, full-download).

import type { ResultColumn } from "../operations/result-rows.ts";
import type { RowWriter } from "../operations/row-batch.ts";
import type { Copy } from "./csv-bytes.ts";
import { csvCell } from "./csv-cell.ts";
import { copyRows } from "./csv-rows.ts";
import { isNumberType } from "./number-types.ts";
import type { PieceMemory } from "./piece-memory.ts";
import { uniqueNames } from "./table.ts";

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
