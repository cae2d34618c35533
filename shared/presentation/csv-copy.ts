// Copies one cell of JSON to a cell of CSV while it looks whether it is one, so that each byte is looked at once. It makes
// no string; cells that need one are left to csv-careful.ts.

import { type Copy, tableOf } from "./csv-bytes.ts";
import { copyWithCare } from "./csv-careful.ts";
import { mayStartFormula } from "./csv-cell.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const BLANK = 0x20;

/** The bytes that mean the same in JSON and in CSV between quotes. A control character is in no text (RFC 8259 §7). */
const IS_PLAIN_IN_QUOTES = tableOf((byte) => byte >= BLANK && byte !== QUOTE && byte !== BACKSLASH);
/** The same without quotes. */
const IS_PLAIN = tableOf((byte) => byte !== COMMA && IS_PLAIN_IN_QUOTES[byte] === 1);
const MAY_START_FORMULA = tableOf(mayStartFormula);

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
  for (let byte = json[at] ?? 0; byte !== QUOTE; byte = json[++at] ?? 0) {
    if (IS_PLAIN_IN_QUOTES[byte] === 0) {
      byte = escapedByte(copy, at);
      if (byte === 0) return copyWithCare(copy, start, inNumbers);
      if (byte === QUOTE) out[length++] = QUOTE;
      at += 1;
    }
    out[length++] = byte;
  }
  out[length++] = QUOTE;
  copy.length = length;
  return at + 1;
}

/** What `\"` or `\\` stands for; 0 for any other. */
function escapedByte({ json }: Copy, at: number): number {
  const byte = json[at] === BACKSLASH ? json[at + 1] : undefined;
  return byte === QUOTE || byte === BACKSLASH ? byte : 0;
}
