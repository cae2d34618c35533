// A typed cell as one line of plain text, the same in every format but JSON. It knows no markup: each format escapes
// what it gets.

import type { CellValue } from "../../contracts/answer.ts";

/** Null is empty; arrays, maps and structs are JSON. At most `max` UTF-16 units, `…` at the end when it was cut. */
export function cellText(value: unknown, max: number): string {
  if (value === null || value === undefined) return "";
  return cut(oneLine(typeof value === "string" ? cut(value, max) : plainText(value)), max);
}

/** Without line breaks and other control characters, which would break out of a cell or steer a terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").toWellFormed();
}

/** Keeps line breaks and tabs; other control characters, and halves of surrogate pairs, do not pass. */
export function manyLines(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, " ")
    .toWellFormed();
}

export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // Not through the middle of a surrogate pair.
  return `${text.slice(0, Math.max(0, max - 1)).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function plainText(value: CellValue | unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
