// What every reader of a result file does, whatever the format: bytes in, whole rows out. It keeps no more than the
// one row that is not complete yet.

import type { ResultRow } from "../operations/genie.ts";

/** Reads one file from its beginning; a new one is made for every file. */
export interface RowReader {
  /**
   * The rows that these bytes complete.
   * @throws AppError `databricks_unavailable` for anything that is no row of this result; no part of it is handed out
   */
  push(bytes: Uint8Array): readonly ResultRow[];
  /** After the last byte: true if the file was there to its end, false if it was cut off. Throws like `push`. */
  end(): boolean;
}

/** `chunkIndex`: the first file of a CSV result differs from the others. */
export type CreateRowReader = (chunkIndex: number) => RowReader;

/** More than any real row: cells of Databricks SQL are at most some MiB. */
export const MAX_ROW_BYTES = 16 * 1024 * 1024;
