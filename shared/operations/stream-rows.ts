// All rows of a query attachment, one after the other, for a spreadsheet or a data frame (design §3.6): Genie's own
// 5,000, or with `full` every row there is. Nothing is held but the chunk that is being handed out and the next one.

import type { Clock } from "../telemetry/clock.ts";
import { ensureOwnConversation } from "./conversation-access.ts";
import type { AttachmentRef } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";
import type { PreparationDeps, Preparing } from "./preparation.ts";
import type { CreateRowWriter, RowStream } from "./row-batch.ts";
import { streamDownload } from "./stream-download.ts";
import { streamResult } from "./stream-result.ts";

export interface RowsWanted {
  readonly space: Space;
  readonly ref: AttachmentRef;
  readonly full: boolean;
  /** What an earlier 202 gave for `download`. */
  readonly ticket: string | undefined;
  /** For the many rows of `full`: they are written while they are found. */
  readonly createWriter?: CreateRowWriter | undefined;
}

export type StreamDeps = PreparationDeps & {
  readonly ledger: ConversationLedger;
  readonly clock: Clock;
};

/**
 * The first batch is read before anything is answered: until then a refusal can be told.
 *
 * @throws AppError `result_expired`, `attachment_not_found`, `invalid_request` for a ticket that is not the caller's,
 *   what Databricks refuses; `batches` throws `databricks_unavailable` when the rows break off
 */
export function createRowStreaming(deps: StreamDeps) {
  return async (asker: Asker, wanted: RowsWanted): Promise<RowStream | Preparing> => {
    const { space, ref, ticket, full, createWriter } = wanted;
    await ensureOwnConversation(deps.ledger, asker, space, ref.conversationId);
    const genie = await asker.genie();
    const place = { ...ref, owner: asker.owner };
    return full
      ? streamDownload(deps, genie, { key: { ...place, kind: "download" }, ticket, createWriter })
      : streamResult(deps, genie, { key: { ...place, kind: "rows" }, ticket });
  };
}
