// Copies one cell of JSON to a cell of CSV, byte by byte; only a cell that holds more than text, quotes and commas becomes
// a string on the way. It never looks at more than this one cell.

import { csvCell, isFormulaStart } from "./csv-cell.ts";

export const QUOTE = 0x22;
export const COMMA = 0x2c;
const [BACKSLASH, DOT, ZERO, NINE] = [0x5c, 0x2e, 0x30, 0x39];

/** What is read and what is written; one object for a batch, none for a cell. */
export interface Copy {
  readonly json: Uint8Array;
  readonly out: Uint8Array & { write(text: string, offset: number): number };
  /** Bytes written. */
  length: number;
}

/** What a cell has in it; bits. */
const HAS_COMMA = 1;
const HAS_QUOTE = 2;
const HAS_OTHER_ESCAPE = 4;

/** From behind the quote that opens the cell to behind the one that closes it. */
export function copyCell(copy: Copy, start: number, inNumbers: boolean): number {
  const { json } = copy;
  let has = 0;
  let end = start;
  for (; json[end] !== QUOTE && end < json.length; end += 1) {
    if (json[end] === COMMA) has |= HAS_COMMA;
    else if (json[end] === BACKSLASH) {
      end += 1;
      has |= escapeOf(json[end]);
    }
  }
  const cell = { start, end, inNumbers };
  if (has >= HAS_OTHER_ESCAPE || needsDecoding(json, cell)) writeDecoded(copy, cell);
  else if (has === 0) copyBytes(copy, start, end);
  else copyQuoted(copy, start, end);
  return end + 1;
}

function escapeOf(byte: number | undefined): number {
  return byte === QUOTE || byte === BACKSLASH ? HAS_QUOTE : HAS_OTHER_ESCAPE;
}

interface Cell {
  readonly start: number;
  readonly end: number;
  readonly inNumbers: boolean;
}

/** It may start a formula, and is not one of the numbers that are seen to be some at a glance: -5, +1.5. */
function needsDecoding(json: Uint8Array, { start, end, inNumbers }: Cell): boolean {
  return isFormulaStart(json[start]) && !(inNumbers && holdsDigits(json, start + 1, end));
}

function holdsDigits(json: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = json[at] ?? 0;
    if ((byte < ZERO || byte > NINE) && byte !== DOT) return false;
  }
  const first = json[start] ?? 0;
  return first >= ZERO && first <= NINE;
}

function copyBytes(copy: Copy, start: number, end: number): void {
  for (let at = start; at < end; at += 1) copy.out[copy.length++] = copy.json[at] ?? 0;
}

/** `\"` becomes `""` and `\\` becomes `\`. */
function copyQuoted(copy: Copy, start: number, end: number): void {
  const { json, out } = copy;
  out[copy.length++] = QUOTE;
  for (let at = start; at < end; at += 1) {
    if (json[at] === BACKSLASH) {
      at += 1;
      if (json[at] === QUOTE) out[copy.length++] = QUOTE;
    }
    out[copy.length++] = json[at] ?? 0;
  }
  out[copy.length++] = QUOTE;
}

const utf8 = new TextDecoder();

/** The slow way, for the few cells that need it. */
function writeDecoded(copy: Copy, { start, end, inNumbers }: Cell): void {
  const cell: unknown = JSON.parse(utf8.decode(copy.json.subarray(start - 1, end + 1)));
  copy.length += copy.out.write(csvCell(String(cell), inNumbers), copy.length);
}
