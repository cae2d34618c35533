// All rows of a query attachment, one after the other, for a spreadsheet or a data frame (design §3.6): Genie's own
// 5,000, or with `full` every row there is. Nothing is held but the chunk that is being handed out and the next one.

import { AppError } from "../errors/app-error.ts";
import { ensureOwnConversation } from "./conversation-access.ts";
import type { AttachmentRef, Genie, ResultChunk } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";
import {
  openCarried,
  type PreparationDeps,
  type Preparing,
  prepareOnce,
  rowsPreparing,
} from "./preparation.ts";
import { readChunks } from "./read-chunks.ts";
import type { ResultColumn } from "./result-rows.ts";
import { readyResult, resultExpired } from "./result-state.ts";
import { type RowBatch, toRowBatch } from "./row-batch.ts";

export interface RowStream {
  readonly kind: "rows";
  readonly columns: readonly ResultColumn[];
  /** In their order, some at a time; `return` lets go of what is open. */
  readonly batches: AsyncIterable<RowBatch>;
}

export interface RowsWanted {
  readonly space: Space;
  readonly ref: AttachmentRef;
  readonly full: boolean;
  /** What an earlier 202 gave for `download`. */
  readonly carried: string | undefined;
}

export type StreamDeps = PreparationDeps & { readonly ledger: ConversationLedger };

interface Acting {
  readonly asker: Asker;
  readonly genie: Genie;
}

/**
 * @throws AppError `result_expired`, `attachment_not_found`, `invalid_request` for a `carried` that is not the caller's,
 *   what Databricks refuses; `batches` throws `databricks_unavailable` when the rows break off
 */
export function createRowStreaming(deps: StreamDeps) {
  return async (asker: Asker, wanted: RowsWanted): Promise<RowStream | Preparing> => {
    await ensureOwnConversation(deps.ledger, asker, wanted.space, wanted.ref.conversationId);
    const genie = await asker.genie();
    const stream = wanted.full ? streamDownload : streamResult;
    const opened = await stream(deps, { asker, genie }, wanted);
    if (opened.kind === "preparing") return opened;
    return { ...opened, batches: await withFirst(opened.batches) };
  };
}

async function streamResult(
  deps: StreamDeps,
  { asker, genie }: Acting,
  { ref, carried }: RowsWanted,
): Promise<RowStream | Preparing> {
  const key = { ...ref, kind: "rows", owner: asker.owner } as const;
  if (carried !== undefined) await openCarried(deps, key, carried);
  const result = await readyResult(genie, ref, await genie.queryResult(ref, ref.attachmentId));
  if (result === undefined) return rowsPreparing(deps, key);
  return {
    kind: "rows",
    columns: result.columns,
    batches: batchesOf(readChunks(genie, result, 0)),
  };
}

/** The next chunk is on its way while the present one is written. */
async function* batchesOf(chunks: AsyncGenerator<ResultChunk, void>): AsyncGenerator<RowBatch> {
  let coming = chunks.next();
  for (;;) {
    const { done, value } = await coming;
    if (done) return;
    coming = chunks.next();
    coming.catch(() => {}); // thrown by the await above; whoever stops reading before that never learns of it
    yield toRowBatch(value.rows);
  }
}

async function streamDownload(
  deps: StreamDeps,
  { asker, genie }: Acting,
  { ref, carried }: RowsWanted,
): Promise<RowStream | Preparing> {
  const key = { ...ref, kind: "download", owner: asker.owner } as const;
  const start = async () =>
    ({ kind: "download", ...(await genie.startDownload(ref, ref.attachmentId)) }) as const;
  const prepared = await prepareOnce(deps, key, { carried, start });
  if ("kind" in prepared) return prepared;
  const { preparation, sealed } = prepared;
  if (preparation.kind !== "download") return { kind: "preparing", sealed };
  const download = await genie.download(ref, ref.attachmentId, preparation);
  switch (download.kind) {
    case "ready":
      return { kind: "rows", columns: download.columns, batches: download.rows() };
    case "pending":
      return { kind: "preparing", sealed };
    case "expired":
      throw resultExpired("Databricks no longer holds this download.");
    case "failed":
      throw new AppError(download.failure);
  }
}

/** The first batch is read before anything is answered: until then a refusal can be told. */
async function withFirst(batches: RowStream["batches"]): Promise<RowStream["batches"]> {
  const source = batches[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<RowBatch>> | undefined = source.next();
  await first;
  const next = () => {
    const step = first ?? source.next();
    first = undefined;
    return step;
  };
  const stop = async () => {
    await source.return?.();
    return { done: true, value: undefined } as const;
  };
  // No generator: one that nobody has read from yet would not pass `return` on.
  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}
