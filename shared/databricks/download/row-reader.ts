// What every reader of a result file does, whatever the format: bytes in, whole rows out. It keeps no more than the
// one row that is not complete yet.

import type { RowBatch, RowWriter } from "../../operations/row-batch.ts";
import { notUnderstood } from "../workspace-read.ts";

/** Reads one file from its beginning; a new one is made for every file. */
export interface RowReader {
  /**
   * The rows that these bytes complete. The bytes may be gone when it is called again.
   * @throws AppError `databricks_unavailable` for anything that is no row of this result; no part of it is handed out
   */
  push(bytes: Uint8Array): RowBatch;
  /** After the last byte: true if the file was there to its end, false if it was cut off. */
  end(): boolean;
}

/**
 * `chunkIndex`: the first file of a CSV result differs from the others. `write` is used where rows are found as it knows
 * them.
 */
export type CreateRowReader = (chunkIndex: number, write?: RowWriter) => RowReader;

/** More than any real row: cells of Databricks SQL are at most some MiB. */
const MAX_ROW_BYTES = 16 * 1024 * 1024;

/** The bytes of a row that is not complete yet. They are put together once, not with every piece. */
export function createHeldBytes() {
  let pieces: Uint8Array[] = [];
  let size = 0;
  return {
    /** Keeps a copy. Throws AppError `databricks_unavailable` for a row over 16 MiB. */
    add(bytes: Uint8Array): void {
      if (bytes.length > 0) pieces.push(Buffer.from(bytes));
      size += bytes.length;
      if (size > MAX_ROW_BYTES) throw notUnderstood("a row of a result file is too large");
    },
    isEmpty: () => size === 0,
    /** What was held, and then `rest`, as a copy; nothing is held any more. */
    takeWith(...rest: readonly Uint8Array[]): Buffer {
      const all = Buffer.concat([...pieces, ...rest]);
      pieces = [];
      size = 0;
      return all;
    },
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Throws AppError `databricks_unavailable` for what is not UTF-8: a replaced character would be a wrong cell. */
export function decodeStrictly(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    // biome-ignore lint/style/useErrorCause: says nothing more
    throw notUnderstood("a result file is not UTF-8");
  }
}
