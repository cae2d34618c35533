// Some rows on their way from Databricks to a file, as the bytes they came in. A million rows are only looked at where
// somebody needs to: CSV needs no string of any cell.

import type { ResultRow } from "./genie.ts";

export interface RowBatch {
  /**
   * UTF-8 of a JSON array of rows, each an array of texts and nulls as long as there are columns, and no blank outside
   * of a text: `[["a",null],["b","c"]]`. Whoever makes it has seen that it is so.
   */
  readonly json: Uint8Array;
  /** Number of rows in it. */
  readonly count: number;
}

export function toRowBatch(rows: readonly ResultRow[]): RowBatch {
  return { json: Buffer.from(JSON.stringify(rows)), count: rows.length };
}
