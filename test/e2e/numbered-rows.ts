// Rows that count up, made while they are read, so that one that is lost, doubled or misplaced shows, and a million take
// no memory.

import type { ScriptedResult } from "../../local/databricks/results/result-data.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";

/** Columns `n`, from 0, and `text`. */
export function numberedRows(
  count: number,
  { text, chunkSize = 1_000 }: { readonly text?: string; readonly chunkSize?: number } = {},
): ScriptedResult {
  const cell = text ?? SECRET_MARKERS.answer;
  return {
    columns: [
      { name: "n", type: "LONG" },
      { name: "text", type: "STRING" },
    ],
    rows: {
      count,
      read: (from, to) => Array.from({ length: to - from }, (_, i) => [`${from + i}`, cell]),
    },
    chunkSize,
  };
}

/** The first column of a CSV file of such rows. */
export const numbersIn = (csv: string) =>
  csv
    .trimEnd()
    .split("\r\n")
    .slice(1)
    .map((line) => Number(line.split(",")[0]));
export const countingTo = (count: number) => Array.from({ length: count }, (_, n) => n);
