// Finds rows of JSON and writes each as a line of CSV while it looks, cell by cell. Strict: what it does not take at a glance
// is left to whoever reads JSON in any way of writing. A row that is not there to its end leaves nothing written.

import type { FoundRows } from "../operations/row-batch.ts";
import { type Copy, ODD, oddOrCutOff } from "./csv-bytes.ts";
import { copyCell } from "./csv-copy.ts";

// One by one: so the bundler writes the numbers where they are compared.
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const CR = 0x0d;
const LF = 0x0a;
const LETTER_N = 0x6e;
const LETTER_U = 0x75;
const LETTER_L = 0x6c;

/** The rows from `start` on that are there to their end. */
export function copyRows(copy: Copy, start: number, holdsNumbers: readonly boolean[]): FoundRows {
  const { json } = copy;
  let count = 0;
  let end = start;
  for (let at = start; ; at = end + 1) {
    const before = copy.length;
    const behind = copyRow(copy, at, holdsNumbers);
    if (behind < 0) {
      copy.length = before;
      return { count, end, isOdd: behind === ODD };
    }
    end = behind;
    count += 1;
    if (json[end] !== COMMA) return { count, end, isOdd: end < copy.end && json[end] !== CLOSE };
  }
}

/** From the bracket that opens the row to behind the one that closes it, or ODD or CUT_OFF. */
function copyRow(copy: Copy, start: number, holdsNumbers: readonly boolean[]): number {
  const { json, out } = copy;
  if (json[start] !== OPEN) return oddOrCutOff(copy, start);
  let at = start + 1;
  for (let column = 0; column < holdsNumbers.length; column += 1) {
    if (column > 0) {
      if (json[at] !== COMMA) return oddOrCutOff(copy, at);
      out[copy.length++] = COMMA;
      at += 1;
    }
    const inNumbers = holdsNumbers[column] === true;
    at = json[at] === QUOTE ? copyCell(copy, at + 1, inNumbers) : behindNull(copy, at);
    if (at < 0) return at;
  }
  if (json[at] !== CLOSE) return oddOrCutOff(copy, at);
  out[copy.length++] = CR;
  out[copy.length++] = LF;
  return at + 1;
}

function behindNull(copy: Copy, start: number): number {
  const { json } = copy;
  let at = start;
  if (json[at] !== LETTER_N) return oddOrCutOff(copy, at);
  if (json[++at] !== LETTER_U) return oddOrCutOff(copy, at);
  if (json[++at] !== LETTER_L) return oddOrCutOff(copy, at);
  if (json[++at] !== LETTER_L) return oddOrCutOff(copy, at);
  return at + 1;
}
