// Rows of a JSON_ARRAY file ([["a",null],…], perhaps hundreds of MB in one line) while it arrives, cut where rows end
// and handed on as the bytes they came in. It makes no string of a cell unless it must. Measured before cells were left as
// bytes, on 20 MB: own cut and JSON.parse 139 MB/s, @streamparser/json 55, stream-json 27 (docs/dependencies.md).

import { isUtf8 } from "node:buffer";
import type { ResultRow } from "../operations/genie.ts";
import { NO_ROWS, type RowBatch, toRowBatch } from "../operations/row-batch.ts";
import { createHeldBytes, type RowReader } from "./file-rows.ts";
import { countRows } from "./json-batch.ts";
import { notUnderstood } from "./workspace-read.ts";

const [QUOTE, BACKSLASH, OPEN, CLOSE, COMMA] = [0x22, 0x5c, 0x5b, 0x5d, 0x2c];
const CLOSING = Uint8Array.of(CLOSE);

/** @param width number of columns; every row must have as many cells */
export function createJsonRows(width: number): RowReader {
  const scan: Scan = { depth: 0, over: 0 };
  const held = createHeldBytes();
  let isFirst = true;
  return {
    push(bytes) {
      const end = findRowsEnd(scan, bytes);
      if (end === 0) {
        held.add(bytes);
        return NO_ROWS;
      }
      const part = held.takeWith(bytes.subarray(0, end), CLOSING);
      held.add(bytes.subarray(end));
      const batch = toBatch(part, isFirst, width);
      isFirst = false;
      return batch;
    },
    end() {
      const rest = held.takeWith().toString().trim();
      return isFirst ? /^\[\s*\]$/.test(rest) : rest === "]";
    },
  };
}

interface Scan {
  depth: number;
  /** How far the last piece was overrun: 1 inside of a cell, 2 right after a backslash in it. */
  over: number;
}

/** The index behind the last row that these bytes complete, or 0. Brackets inside of cells do not count. */
function findRowsEnd(scan: Scan, bytes: Uint8Array): number {
  let { depth } = scan;
  let end = 0;
  let at = scan.over === 0 ? 0 : closingQuote(bytes, scan.over - 1) + 1;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = closingQuote(bytes, at + 1);
    else if (byte === OPEN) depth += 1;
    else if (byte === CLOSE) {
      depth -= 1;
      if (depth === 1) end = at + 1;
    }
  }
  scan.depth = depth;
  scan.over = at - bytes.length;
  return end;
}

/** Index of the quote that ends the cell; beyond the last byte when it is not among these. */
function closingQuote(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
  return at;
}

/**
 * `bytes` is what lies between two cuts, with a bracket behind it: it begins with the bracket of the file, or with
 * the comma between two rows. That each part is a list of rows makes the whole file one, wherever the cuts are.
 */
function toBatch(bytes: Buffer, isFirst: boolean, width: number): RowBatch {
  const start = bytes.findIndex((byte) => byte > 0x20);
  if (bytes[start] !== (isFirst ? OPEN : COMMA)) throw notUnderstood("a result file has no rows");
  bytes[start] = OPEN;
  const json = bytes.subarray(start);
  if (!isUtf8(json)) throw notUnderstood("a result file is not UTF-8");
  const count = countRows(json, width);
  return count === undefined ? toRowBatch(parseRows(json, width)) : { json, count };
}

/** Blanks between cells, other escapes, and whatever is no row at all. */
function parseRows(json: Buffer, width: number): readonly ResultRow[] {
  const rows = parseList(json.toString());
  if (!rows.every((row) => isRow(row, width))) {
    throw notUnderstood("a result file holds what is no row of it");
  }
  return rows;
}

/** The error of JSON.parse quotes the text, so it ends here. */
function parseList(text: string): readonly unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // biome-ignore lint/style/useErrorCause: the cause would quote a cell
    throw notUnderstood("a result file is not JSON");
  }
  return Array.isArray(value) ? value : [];
}

function isRow(row: unknown, width: number): row is ResultRow {
  if (!Array.isArray(row) || row.length !== width) return false;
  for (const cell of row) if (cell !== null && typeof cell !== "string") return false;
  return true;
}
