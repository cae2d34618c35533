// Rows of a CSV file of the statement interface (RFC 4180; lines end with LF or CRLF) while it arrives: cut at line
// ends outside of quotes, then read line by line. Null is the word null there: a text "null" without quotes cannot be
// told from it. Own code, because the libraries measured are two to seven times slower (docs/dependencies.md).

import type { ResultCell, ResultColumn, ResultRow } from "../../operations/result-rows.ts";
import { NO_ROWS, toRowBatch } from "../../operations/row-batch.ts";
import { notUnderstood } from "../workspace-read.ts";
import { createHeldBytes, decodeStrictly, type RowReader } from "./row-reader.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/** @param hasHeader true for the first file of a result: its first line names the columns and is no row */
export function createCsvRows(columns: readonly ResultColumn[], hasHeader: boolean): RowReader {
  const scan: Scan = { inQuotes: false };
  const held = createHeldBytes();
  let expectsHeader = hasHeader;
  return {
    push(bytes) {
      const end = findLinesEnd(scan, bytes);
      if (end === 0) {
        held.add(bytes);
        return NO_ROWS;
      }
      const text = decodeStrictly(held.takeWith(bytes.subarray(0, end)));
      held.add(bytes.subarray(end));
      const rows = readLines(text, columns.length);
      if (expectsHeader) ensureHeader(rows.shift() ?? [], columns);
      expectsHeader = false;
      return toRowBatch(rows);
    },
    // A last line without its end may be a part of one, so it counts as cut off.
    end: () => held.isEmpty() && !expectsHeader,
  };
}

interface Scan {
  inQuotes: boolean;
}

/** The index behind the last line end outside of quotes, or 0. A doubled quote closes and opens again. */
function findLinesEnd(scan: Scan, bytes: Uint8Array): number {
  let { inQuotes } = scan;
  let end = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) inQuotes = !inQuotes;
    else if (byte === LF && !inQuotes) end = at + 1;
  }
  scan.inQuotes = inQuotes;
  return end;
}

/** `text`: whole lines, the last one with its end. */
function readLines(text: string, width: number): ResultRow[] {
  const rows: ResultRow[] = [];
  let row: ResultCell[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.charCodeAt(at) === QUOTE ? endOfQuoted(text, at) : endOfPlain(text, at);
    row.push(readCell(text, at, end));
    const endsLine = text.charCodeAt(end) !== COMMA;
    at = end + (text.charCodeAt(end) === CR ? 2 : 1);
    if (!endsLine) continue;
    if (row.length !== width) throw notUnderstood("a result file holds what is no row of it");
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Index of the comma or line end behind the cell, which may end with a CR of its own only inside of quotes. */
function endOfPlain(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === LF) return at;
    if (code === CR && text.charCodeAt(at + 1) === LF) return at;
    // NaN: the text is over, although its last line ends.
    if (code === QUOTE || Number.isNaN(code)) throw notUnderstood("a result file is not CSV");
  }
}

function endOfQuoted(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  if (at === -1 || endOfPlain(text, at + 1) !== at + 1) {
    throw notUnderstood("a result file is not CSV");
  }
  return at + 1;
}

function readCell(text: string, from: number, end: number): ResultCell {
  if (text.charCodeAt(from) !== QUOTE) {
    const cell = text.slice(from, end);
    return cell === "null" ? null : cell;
  }
  const cell = text.slice(from + 1, end - 1);
  return cell.includes('"') ? cell.replaceAll('""', '"') : cell;
}

function ensureHeader(names: ResultRow, columns: readonly ResultColumn[]): void {
  // A column whose name is the word null would come as null.
  const fits = columns.every(({ name }, at) => name === (names[at] ?? "null"));
  if (!fits) throw notUnderstood("the first line of a result file does not name the columns");
}
