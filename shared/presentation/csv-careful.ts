// The cells of CSV that cannot be copied as they come: what may be a formula, and escapes other than of quotes. But for
// numbers with a sign they become a string on the way. It never looks beyond the end of its cell.

import { type Copy, oddOrCutOff, tableOf } from "./csv-bytes.ts";
import { csvCell } from "./csv-cell.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BLANK = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_U = 0x75;
const HEX = /^[\da-f]{4}$/i;
const IS_SIMPLE_ESCAPE = tableOf((byte) => '"\\/bfnrt'.includes(String.fromCharCode(byte)));

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** From behind the quote that opens the cell to behind the one that closes it, or ODD or CUT_OFF. */
export function copyWithCare(copy: Copy, start: number, inNumbers: boolean): number {
  const { json, out } = copy;
  const end = behindText(copy, start);
  if (end < 0) return end;
  if (inNumbers && isSignedNumber(json, start, end - 1)) {
    for (let at = start; at < end - 1; at += 1) out[copy.length++] = json[at] ?? 0;
  } else {
    const cell: unknown = JSON.parse(utf8.decode(json.subarray(start - 1, end)));
    copy.length += out.write(csvCell(String(cell), inNumbers), copy.length);
  }
  return end;
}

function behindText(copy: Copy, start: number): number {
  const { json } = copy;
  let at = start;
  for (; json[at] !== QUOTE; at += 1) {
    const byte = json[at] ?? 0;
    if (byte < BLANK) return oddOrCutOff(copy, at);
    if (byte !== BACKSLASH) continue;
    at = atEscape(copy, at + 1);
    if (at < 0) return at;
  }
  return at + 1;
}

/** The same place when an escape is known by what stands there, and for `\uXXXX` by its digits. */
function atEscape(copy: Copy, at: number): number {
  const { json } = copy;
  if (json[at] === LETTER_U) {
    return HEX.test(json.toString("latin1", at + 1, at + 5)) ? at : oddOrCutOff(copy, at + 4);
  }
  return IS_SIMPLE_ESCAPE[json[at] ?? 0] === 1 ? at : oddOrCutOff(copy, at);
}

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
