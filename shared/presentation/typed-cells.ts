// Databricks' text cells → JSON values (design §3.3 "Typed cells"). The rule above all: a value never changes
// its meaning. What JSON cannot carry exactly stays the string that Databricks sent. It never throws.

import type { CellValue } from "../contracts/answer.ts";
import type { ResultCell } from "../operations/result-rows.ts";
import { exactJson } from "./exact-json.ts";
import { exactNumber, isFloatText, plainDecimal, safeInteger } from "./exact-number.ts";

type Reader = (text: string) => CellValue;

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

const integer: Reader = (text) => safeInteger(text) ?? text;
const decimal: Reader = (text) => exactNumber(text) ?? plainDecimal(text) ?? text;
// "NaN", "Infinity" and "-Infinity" are no JSON numbers and stay what they are.
const float: Reader = (text) => (isFloatText(text) ? Number(text) : text);
const boolean: Reader = (text) => BOOLEANS.get(text.toLowerCase()) ?? text;

/** By Databricks' `type_name` (genie-api.md §3). Dates, times, INTERVAL, BINARY and unknown types stay text. */
const READERS: ReadonlyMap<string, Reader> = new Map([
  ["BYTE", integer],
  ["SHORT", integer],
  ["INT", integer],
  ["LONG", integer],
  ["FLOAT", float],
  ["DOUBLE", float],
  ["DECIMAL", decimal],
  ["BOOLEAN", boolean],
  ["ARRAY", exactJson],
  ["MAP", exactJson],
  ["STRUCT", exactJson],
  ["VARIANT", exactJson],
]);

/** One cell by its column's `type_name`; null stays null, and text that does not fit its type stays text. */
export function toCell(cell: ResultCell, type: string): CellValue {
  if (cell === null) return null;
  const read = READERS.get(type);
  return read === undefined ? cell : read(cell); // not `??`: the JSON null of a VARIANT is a value
}
