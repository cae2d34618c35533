// The JSON text of ARRAY, MAP, STRUCT and VARIANT cells → JSON values. Plain JSON.parse would round a
// 38-digit number and drop the first of two fields with one name; here such numbers become strings, and a
// value that cannot be kept whole stays the text that Databricks sent.

import type { CellValue } from "../contracts/answer.ts";
import { survivesAsDouble } from "./exact-number.ts";

/** Deeper values stay text, so that no recursion over them can exhaust the stack. */
const MAX_DEPTH = 100;
/** Strings (with the colon, when they are a member's name) and numbers of valid JSON. Linear: no nested repetition. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/** The JSON value of `text`, every number in it as precise as it came, or `text` itself. */
export function exactJson(text: string): CellValue {
  try {
    JSON.parse(text); // Only valid JSON is rewritten, so that the tokens below are surely tokens.
    let members = 0;
    const exact = text.replace(TOKEN, (token, colon: string | undefined) => {
      if (colon !== undefined) members += 1;
      return token.startsWith('"') || survivesAsDouble(token) ? token : `"${token}"`;
    });
    const value: CellValue = JSON.parse(exact);
    return countMembers(value, MAX_DEPTH) === members ? value : text;
  } catch {
    return text;
  }
}

/** Members of all objects inside; NaN beyond the depth, which equals no count. */
function countMembers(value: CellValue, depth: number): number {
  if (value === null || typeof value !== "object") return 0;
  if (depth === 0) return Number.NaN;
  const children: readonly CellValue[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : children.length;
  return children.reduce<number>((sum, child) => sum + countMembers(child, depth - 1), own);
}
