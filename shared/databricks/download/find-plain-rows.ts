// Finds the rows in bytes of JSON, and that they are rows and nothing else, without making a string of any cell. Strict:
// what it does not take at a glance is left to JSON.parse, which is slower and knows everything.

import type { FoundRows } from "../../operations/row-batch.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const BLANK = 0x20;
const LETTER_U = 0x75;
const HEX = /^[\da-f]{4}$/i;
const NULL = [..."null"].map((letter) => letter.charCodeAt(0));
const SIMPLE_ESCAPES: ReadonlySet<number | undefined> = new Set(
  [...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)),
);

/** No row begins at this place, or not plainly one. */
const ODD = -1;
/** The bytes are over before the row is. */
const CUT_OFF = -2;

/** Whole rows from `start` on, with a comma between two: `["a",null],["b","c"]`. What follows them is not looked at. */
export function scanJsonRows(json: Uint8Array, start: number, width: number): FoundRows {
  let count = 0;
  let end = start;
  for (let at = start; at < json.length; at = end + 1) {
    const behind = json[at] === OPEN ? behindRow(json, at + 1, width) : ODD;
    if (behind < 0) return { count, end, isOdd: behind === ODD };
    end = behind;
    count += 1;
    if (json[end] !== COMMA) return { count, end, isOdd: end < json.length && json[end] !== CLOSE };
  }
  return { count, end, isOdd: false };
}

function behindRow(json: Uint8Array, start: number, width: number): number {
  let at = start;
  for (let column = 0; column < width; column += 1) {
    if (column > 0) {
      if (json[at] !== COMMA) return oddOrCutOff(json, at);
      at += 1;
    }
    at = json[at] === QUOTE ? behindText(json, at + 1) : behindNull(json, at);
    if (at < 0) return at;
  }
  return json[at] === CLOSE ? at + 1 : oddOrCutOff(json, at);
}

const oddOrCutOff = (json: Uint8Array, at: number): number => (at < json.length ? ODD : CUT_OFF);

/** 1 for the bytes of a text that need no second look. A control character is not allowed (RFC 8259 §7). */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < BLANK || byte === QUOTE || byte === BACKSLASH ? 0 : 1,
);

function behindText(json: Uint8Array, start: number): number {
  for (let at = start; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (IS_PLAIN[byte] === 1) continue;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return ODD;
    at = atEscape(json, at + 1);
    if (at < 0) return at;
  }
  return CUT_OFF;
}

/** The same place when an escape is known by what stands there, and for `\uXXXX` by its digits. */
function atEscape(json: Uint8Array, at: number): number {
  if (json[at] !== LETTER_U) return SIMPLE_ESCAPES.has(json[at]) ? at : oddOrCutOff(json, at);
  const digits = json.subarray(at + 1, at + 5);
  return HEX.test(String.fromCharCode(...digits)) ? at : oddOrCutOff(json, at + 4);
}

function behindNull(json: Uint8Array, start: number): number {
  for (const [index, letter] of NULL.entries()) {
    if (json[start + index] !== letter) return oddOrCutOff(json, start + index);
  }
  return start + NULL.length;
}
