// Some rows on their way from Databricks to a file, as the bytes they came in. A million rows are only looked at where
// somebody needs to: CSV needs no string of any cell.

import type { ResultColumn, ResultRow } from "./result-rows.ts";

/** Good until the next batch of the same rows is asked for: its bytes may be written over then. */
export interface RowBatch {
  /**
   * UTF-8 of a JSON array of rows, each an array of texts and nulls as long as there are columns, and no blank outside
   * of a text: `[["a",null],["b","c"]]`. Whoever makes it has seen that it is so.
   */
  readonly json: Uint8Array;
  /** Number of rows in it. */
  readonly count: number;
  /** What the writer that was asked for made of these rows; without one, `json` tells everything. */
  readonly written?: Uint8Array;
}

/**
 * Looks for rows, and writes what it finds in another form: each byte of a million rows is looked at once. From `start` on it
 * takes whole rows, with a comma between two: `["a",null],["b","c"]`. What follows them is not looked at. At `end` stands a byte
 * 0: whoever reads on finds it before he leaves the memory.
 */
export type RowWriter = (json: Buffer, start: number, end: number) => WrittenRows;

export type CreateRowWriter = (columns: readonly ResultColumn[]) => RowWriter;

export interface FoundRows {
  /** Number of whole rows. */
  readonly count: number;
  /** Index behind the last whole row; `start` when there is none. */
  readonly end: number;
  /** Something is there that is no row, or not plainly one. */
  readonly isOdd: boolean;
}

export interface WrittenRows extends FoundRows {
  /** Undefined from those that only look. */
  readonly written: Uint8Array | undefined;
}

/** All rows of a result. */
export interface RowStream {
  readonly kind: "rows";
  readonly columns: readonly ResultColumn[];
  /** In their order, some at a time; `return` lets go of what is open. */
  readonly batches: AsyncIterable<RowBatch>;
}

export function toRowBatch(rows: readonly ResultRow[]): RowBatch {
  return { json: Buffer.from(JSON.stringify(rows)), count: rows.length };
}

export const NO_ROWS: RowBatch = { json: Buffer.from("[]"), count: 0 };

/** The batch without its first rows; seldom needed, so it may be slow. */
export function dropRows(batch: RowBatch, count: number): RowBatch {
  if (count <= 0) return batch;
  if (count >= batch.count) return NO_ROWS;
  const rows: readonly ResultRow[] = JSON.parse(utf8.decode(batch.json));
  return toRowBatch(rows.slice(count));
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
