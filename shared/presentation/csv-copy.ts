// Copies one cell of JSON to a cell of CSV, byte by byte; only a cell that holds more than text, quotes and commas becomes
// a string on the way. It never looks at more than this one cell.

import { csvCell, mayStartFormula } from "./csv-cell.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** What is read and what is written; one object for a batch, none for a cell. */
export interface Copy {
  readonly json: Uint8Array;
  readonly out: Uint8Array & { write(text: string, offset: number): number };
  /** Bytes written. */
  length: number;
}

/** 1 for the bytes of a cell that mean the same in JSON and CSV. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === QUOTE || byte === COMMA || byte === BACKSLASH ? 0 : 1,
);
/** 1 for the bytes that a formula may start with: a table is faster than a set. */
const MAY_START_FORMULA = Uint8Array.from({ length: 256 }, (_, byte) =>
  mayStartFormula(byte) ? 1 : 0,
);

/** From behind the quote that opens the cell to behind the one that closes it. */
export function copyCell(copy: Copy, start: number, inNumbers: boolean): number {
  const { json, out } = copy;
  if (MAY_START_FORMULA[json[start] ?? 0] === 1) return copyWithCare(copy, start, inNumbers);
  let at = start;
  let length = copy.length;
  let byte = json[at] ?? QUOTE;
  while (IS_PLAIN[byte] === 1) {
    out[length++] = byte;
    byte = json[++at] ?? QUOTE;
  }
  if (byte !== QUOTE) return copyWithCare(copy, start, inNumbers);
  copy.length = length;
  return at + 1;
}

function copyWithCare(copy: Copy, start: number, inNumbers: boolean): number {
  const { json } = copy;
  let hasOtherEscape = false;
  let end = start;
  for (; json[end] !== QUOTE && end < json.length; end += 1) {
    if (json[end] !== BACKSLASH) continue;
    end += 1;
    if (json[end] !== QUOTE && json[end] !== BACKSLASH) hasOtherEscape = true;
  }
  const cell = { start, end, inNumbers };
  if (inNumbers && isSignedNumber(json, cell)) copyBytes(copy, cell);
  else if (hasOtherEscape || mayStartFormula(json[start])) writeDecoded(copy, cell);
  else copyQuoted(copy, cell);
  return end + 1;
}

interface Cell {
  readonly start: number;
  readonly end: number;
  readonly inNumbers: boolean;
}

/** The numbers that are seen to be some at a glance: -5, +1.5. By far the most of what looks like a formula. */
function isSignedNumber(json: Uint8Array, { start, end }: Cell): boolean {
  for (let at = start + 1; at < end; at += 1) {
    const byte = json[at] ?? 0;
    if ((byte < ZERO || byte > NINE) && byte !== DOT) return false;
  }
  const first = json[start + 1] ?? 0;
  return mayStartFormula(json[start]) && first >= ZERO && first <= NINE;
}

function copyBytes(copy: Copy, { start, end }: Cell): void {
  for (let at = start; at < end; at += 1) copy.out[copy.length++] = copy.json[at] ?? 0;
}

/** `\"` becomes `""` and `\\` becomes `\`. */
function copyQuoted(copy: Copy, { start, end }: Cell): void {
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

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The slow way, for the few cells that need it. */
function writeDecoded(copy: Copy, { start, end, inNumbers }: Cell): void {
  const cell: unknown = JSON.parse(utf8.decode(copy.json.subarray(start - 1, end + 1)));
  copy.length += copy.out.write(csvCell(String(cell), inNumbers), copy.length);
}
