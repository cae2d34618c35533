// The rows that Genie itself holds, chunk by chunk. The next chunk is on its way while the present one is written; no
// further one is.

import type { Clock } from "../telemetry/clock.ts";
import type { Genie, ResultChunk } from "./genie.ts";
import type { PreparationKey, PreparationSeal, Preparing } from "./preparation.ts";
import { readChunks } from "./read-chunks.ts";
import { readyResult } from "./result-state.ts";
import { type RowBatch, type RowStream, toRowBatch } from "./row-batch.ts";
import { openTicket, rowsPreparing } from "./ticket.ts";
import { withFirst } from "./with-first.ts";

export async function streamResult(
  { seal, clock }: { readonly seal: PreparationSeal; readonly clock: Clock },
  genie: Genie,
  wanted: {
    readonly key: PreparationKey & { readonly kind: "rows" };
    readonly ticket: string | undefined;
  },
): Promise<RowStream | Preparing> {
  const { key, ticket } = wanted;
  if (ticket !== undefined) await openTicket(seal, key, ticket);
  const result = await readyResult(genie, key, await genie.queryResult(key, key.attachmentId));
  if (result === undefined) return rowsPreparing(seal, key);
  const batches = await withFirst(batchesOf(readChunks(genie, result, 0)), clock);
  return { kind: "rows", columns: result.columns, batches };
}

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
