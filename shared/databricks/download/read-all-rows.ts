// All rows of a full download, chunk after chunk, while they are asked for: the next file is opened ahead, and its
// bytes wait in the socket. It keeps one piece of a file at a time and never passes over a row or gives one twice.

import type { RowBatch, RowWriter } from "../../operations/row-batch.ts";
import { notUnderstood } from "../workspace-read.ts";
import { type ChunkFile, type ChunkFileDeps, openChunkFile } from "./chunk-file.ts";
import type { ChunkLink } from "./chunk-links.ts";
import { readChunk } from "./read-chunk.ts";
import type { CreateRowReader } from "./row-reader.ts";

export interface DownloadedFiles {
  readonly files: Omit<ChunkFileDeps, "signal">;
  readonly createReader: CreateRowReader;
  readonly write: RowWriter | undefined;
  readonly rowCount: number;
  /** Undefined when Databricks does not tell. */
  readonly chunkCount: number | undefined;
}

/**
 * Opens nothing before the first `next`. `return` closes every connection at once, also while a `next` is pending,
 * which then ends without rows.
 * @throws AppError `databricks_unavailable`, and as the reads of Databricks do
 */
export function readAllRows(download: DownloadedFiles): AsyncIterator<RowBatch> {
  const stop = new AbortController();
  const batches = readBatches(download, stop);
  const ended = { done: true, value: undefined } as const;
  let isLeft = false;
  return {
    next: () =>
      batches.next().catch((error: unknown) => {
        if (isLeft) return ended;
        throw error;
      }),
    return: async () => {
      isLeft = true;
      stop.abort();
      await batches.return(undefined);
      return ended;
    },
  };
}

async function* readBatches(
  download: DownloadedFiles,
  stop: AbortController,
): AsyncGenerator<RowBatch> {
  const open = (index: number) => openChunkFile({ ...download.files, signal: stop.signal }, index);
  const createReader = (index: number) => download.createReader(index, download.write);
  let given = 0;
  try {
    let opening = download.rowCount === 0 ? undefined : open(0);
    while (opening !== undefined) {
      const chunk: ChunkFile = await opening;
      if (chunk.link.rowOffset !== given)
        throw notUnderstood("chunks that do not follow each other");
      const next = indexAfter(chunk.link, download.chunkCount);
      opening = next === undefined ? undefined : open(next);
      // It is awaited only after this chunk; a failure until then is nobody's.
      opening?.catch(() => {});
      const before = given;
      for await (const batch of readChunk(chunk, createReader)) {
        given += batch.count;
        yield batch;
      }
      // Chunk numbers may grow for ever; rows must.
      if (given === before) throw notUnderstood("a chunk without rows");
    }
    if (given !== download.rowCount) throw notUnderstood("another number of rows than was told");
  } finally {
    stop.abort();
  }
}

/** Replies have come without the number of the next chunk (genie-api.md §1.6). */
function indexAfter({ index, nextIndex }: ChunkLink, chunkCount = 0): number | undefined {
  return nextIndex ?? (index + 1 < chunkCount ? index + 1 : undefined);
}
