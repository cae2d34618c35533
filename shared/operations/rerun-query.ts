// Runs the SQL of an attachment again, for rows that Databricks no longer holds (design §3.6). It asks Genie nothing.

import { ensureOwnConversation } from "./conversation-access.ts";
import type { AttachmentRef, QueryResult } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";
import { type PreparationDeps, type Preparing, prepareOnce } from "./preparation.ts";
import { readyResult } from "./result-state.ts";

export interface Rerun {
  readonly kind: "rerun";
  readonly statementId: string;
}

export interface RerunWanted {
  readonly space: Space;
  readonly ref: AttachmentRef;
  /** What an earlier 202 gave for `download`. */
  readonly carried: string | undefined;
}

export type RerunDeps = PreparationDeps & { readonly ledger: ConversationLedger };

/** @throws AppError as the rows themselves do, and `invalid_request` for a `carried` that is not the caller's */
export function createRerun(deps: RerunDeps) {
  return async (asker: Asker, { space, ref, carried }: RerunWanted): Promise<Rerun | Preparing> => {
    await ensureOwnConversation(deps.ledger, asker, space, ref.conversationId);
    const genie = await asker.genie();
    let begun: QueryResult | undefined;
    const start = async () => {
      begun = await genie.rerunQuery(ref, ref.attachmentId);
      return { kind: "rows" } as const;
    };
    const key = { ...ref, kind: "rows", owner: asker.owner } as const;
    const prepared = await prepareOnce(deps, key, { carried, start });
    if ("kind" in prepared) return prepared;
    const state = begun ?? (await genie.queryResult(ref, ref.attachmentId));
    const ready = await readyResult(genie, ref, state);
    return ready === undefined
      ? { kind: "preparing", sealed: prepared.sealed }
      : { kind: "rerun", statementId: ready.statementId };
  };
}
