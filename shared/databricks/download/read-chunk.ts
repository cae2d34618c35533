// The rows of one chunk, each exactly once, even when its file breaks off in the middle: the file is opened again and
// what was given before is passed over.

import { dropRows, type RowBatch } from "../../operations/row-batch.ts";
import { notUnderstood } from "../workspace-read.ts";
import type { ChunkFile } from "./chunk-file.ts";
import type { RowReader } from "./row-reader.ts";

/** @throws AppError `databricks_unavailable` for a file that is not what its link says, or breaks too often */
export async function* readChunk(
  first: ChunkFile,
  createReader: (index: number) => RowReader,
): AsyncGenerator<RowBatch> {
  const { index, rowOffset } = first.link;
  const progress = { given: 0 };
  for (let chunk = first; ; chunk = await chunk.reopen()) {
    if (chunk.link.rowOffset !== rowOffset) throw notUnderstood("a chunk moved among the rows");
    if (yield* readFile(chunk, createReader(index), progress)) return;
  }
}

/** Gives the rows that were not given before; returns whether the file came to its end, with all of its rows. */
async function* readFile(
  { file, link }: ChunkFile,
  reader: RowReader,
  progress: { given: number },
): AsyncGenerator<RowBatch, boolean> {
  let seen = 0;
  for (;;) {
    const piece = await file.read();
    if (piece === "broken") return false;
    if (piece === "end") {
      return reader.end() && seen === progress.given && seen === (link.rowCount ?? seen);
    }
    const batch = reader.push(piece);
    const fresh = dropRows(batch, progress.given - seen);
    seen += batch.count;
    if (seen > (link.rowCount ?? seen)) throw notUnderstood("more rows than the link says");
    progress.given += fresh.count;
    if (fresh.count > 0) yield fresh;
  }
}
