// Rows of a JSON file in any way of writing, with blanks and line breaks between cells: a look at the quotes finds where
// rows end, then JSON.parse takes all of them at once. It never parses a byte twice.

import type { ResultRow } from "../../operations/result-rows.ts";
import { NO_ROWS, type RowBatch, toRowBatch } from "../../operations/row-batch.ts";
import { notUnderstood } from "../workspace-read.ts";
import { createHeldBytes, decodeStrictly, type RowReader } from "./row-reader.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const CLOSING = Uint8Array.of(CLOSE);

/**
 * @param width number of columns; every row must have as many cells
 * @param goesOn rows have been read before: the bytes begin with what stands behind a row
 */
export function createLenientJsonRows(width: number, goesOn: boolean): RowReader {
  const scan: Scan = { depth: goesOn ? 1 : 0, over: 0 };
  const held = createHeldBytes();
  let isFirst = !goesOn;
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
  const rows = parseList(decodeStrictly(bytes));
  if (!rows.every((row) => isRow(row, width))) {
    throw notUnderstood("a result file holds what is no row of it");
  }
  return toRowBatch(rows);
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
