// Copies one cell of JSON to a cell of CSV while it looks whether it is one, so that each byte is looked at once; only a cell
// that may be a formula or holds rare escapes becomes a string on the way. It never looks beyond the end of its cell.

import { csvCell, mayStartFormula } from "./csv-cell.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const BLANK = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_U = 0x75;
const HEX = /^[\da-f]{4}$/i;

/** What is read and what is written; one object for a batch, none for a cell. */
export interface Copy {
  /** A byte 0 stands at `end`: it stops every loop, and a look beyond the last byte would make all of them slow. */
  readonly json: Buffer;
  readonly end: number;
  /** Twice as long as what is read: no cell grows to more. At the most an apostrophe stands before it. */
  readonly out: Buffer;
  /** Bytes written. */
  length: number;
}

/** No cell is at this place, or not plainly one. */
export const ODD = -1;
/** The bytes are over before the cell is. */
export const CUT_OFF = -2;

/** 1 for the bytes that mean the same in JSON and CSV. A control character is not allowed (RFC 8259 §7). */
const IS_PLAIN = tableOf(
  (byte) => byte >= BLANK && byte !== QUOTE && byte !== COMMA && byte !== BACKSLASH,
);
const MAY_START_FORMULA = tableOf(mayStartFormula);
const IS_SIMPLE_ESCAPE = tableOf((byte) => '"\\/bfnrt'.includes(String.fromCharCode(byte)));

/** A table is faster than a set or a comparison. */
function tableOf(isIn: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (isIn(byte) ? 1 : 0));
}

/** From behind the quote that opens the cell to behind the one that closes it, or ODD or CUT_OFF. */
export function copyCell(copy: Copy, start: number, inNumbers: boolean): number {
  const { json, out } = copy;
  let at = start;
  let length = copy.length;
  let byte = json[at] ?? 0;
  if (MAY_START_FORMULA[byte] === 1) return copyWithCare(copy, start, inNumbers);
  while (IS_PLAIN[byte] === 1) {
    out[length++] = byte;
    byte = json[++at] ?? 0;
  }
  if (byte !== QUOTE) return copyQuoted(copy, start, inNumbers);
  copy.length = length;
  return at + 1;
}

/** `\"` becomes `""` and `\\` becomes `\`. */
function copyQuoted(copy: Copy, start: number, inNumbers: boolean): number {
  const { json, out } = copy;
  let at = start;
  let length = copy.length;
  out[length++] = QUOTE;
  let byte = json[at] ?? 0;
  for (; byte !== QUOTE; byte = json[++at] ?? 0) {
    if (byte === BACKSLASH) {
      byte = json[++at] ?? 0;
      if (byte === QUOTE) out[length++] = QUOTE;
      else if (byte !== BACKSLASH) return copyWithCare(copy, start, inNumbers);
    } else if (byte < BLANK) return oddOrCutOff(copy, at);
    out[length++] = byte;
  }
  out[length++] = QUOTE;
  copy.length = length;
  return at + 1;
}

function copyWithCare(copy: Copy, start: number, inNumbers: boolean): number {
  const end = behindText(copy, start);
  if (end < 0) return end;
  if (inNumbers && isSignedNumber(copy.json, start, end - 1)) {
    for (let at = start; at < end - 1; at += 1) copy.out[copy.length++] = copy.json[at] ?? 0;
  } else {
    const cell: unknown = JSON.parse(utf8.decode(copy.json.subarray(start - 1, end)));
    copy.length += copy.out.write(csvCell(String(cell), inNumbers), copy.length);
  }
  return end;
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

function behindText(copy: Copy, start: number): number {
  const { json } = copy;
  let at = start;
  for (; json[at] !== QUOTE; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === BACKSLASH) {
      at += 1;
      if (!isEscape(copy, at)) return oddOrCutOff(copy, at);
    } else if (byte < BLANK) return oddOrCutOff(copy, at);
  }
  return at + 1;
}

/** One of `\uXXXX` that is cut off counts as one; the next look sees it whole. */
function isEscape({ json, end }: Copy, at: number): boolean {
  if (json[at] !== LETTER_U) return IS_SIMPLE_ESCAPE[json[at] ?? 0] === 1;
  return at + 5 > end || HEX.test(json.toString("latin1", at + 1, at + 5));
}

/** What stands at `at` does not belong there. */
export const oddOrCutOff = ({ end }: Copy, at: number): number => (at < end ? ODD : CUT_OFF);

/** The numbers that are seen to be some at a glance: -5, +1.5. By far the most of what looks like a formula. */
function isSignedNumber(json: Buffer, start: number, end: number): boolean {
  if (json[start] !== MINUS && json[start] !== PLUS) return false;
  let dots = 0;
  for (let at = start + 1; at < end; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === DOT) dots += 1;
    else if (byte < ZERO || byte > NINE) return false;
  }
  const first = json[start + 1] ?? 0;
  return dots <= 1 && first >= ZERO && first <= NINE;
}
