// Runs the SQL of an attachment again, for rows that Databricks no longer holds (design §3.6). It asks Genie nothing.

import { ensureOwnConversation } from "./conversation-access.ts";
import type { AttachmentRef, Genie, QueryResult } from "./genie.ts";
import type { Asker, ConversationLedger, Space } from "./ports.ts";
import type { PreparationDeps, PreparationKey, Preparing } from "./preparation.ts";
import { giveUp, prepareOnce } from "./prepare-once.ts";
import { readyResult } from "./result-state.ts";
import { openTicket } from "./ticket.ts";

export interface Rerun {
  readonly kind: "rerun";
  readonly statementId: string;
}

export interface RerunWanted {
  readonly space: Space;
  readonly ref: AttachmentRef;
  /** What an earlier 202 gave for `download`. */
  readonly ticket: string | undefined;
}

export type RerunDeps = PreparationDeps & { readonly ledger: ConversationLedger };

/** The run that the caller waits for. */
interface Run {
  readonly ticket: string;
  /** Undefined while another request is about to start it. */
  readonly state: QueryResult | undefined;
}

/** @throws AppError as the rows themselves do, and `invalid_request` for a ticket that is not the caller's */
export function createRerun(deps: RerunDeps) {
  return async (asker: Asker, { space, ref, ticket }: RerunWanted): Promise<Rerun | Preparing> => {
    await ensureOwnConversation(deps.ledger, asker, space, ref.conversationId);
    const key = { ...ref, kind: "rows", owner: asker.owner } as const;
    if (ticket !== undefined) await openTicket(deps.seal, key, ticket);
    const genie = await asker.genie();
    const run =
      ticket === undefined
        ? await startOrFind(deps, genie, key)
        : { ticket, state: await genie.queryResult(ref, ref.attachmentId) };
    const ready = await readyRun(deps, genie, { ...run, key });
    return ready === undefined
      ? { kind: "preparing", ticket: run.ticket }
      : { kind: "rerun", statementId: ready.statementId };
  };
}

async function startOrFind(
  { seal, preparations }: PreparationDeps,
  genie: Genie,
  key: PreparationKey,
): Promise<Run> {
  // It holds nothing of the run, so it is sealed first: no run is paid for that could not be told of.
  const ticket = await seal.seal(key, { kind: "rows" });
  const start = () => genie.rerunQuery(key, key.attachmentId);
  const run = await prepareOnce(preparations, key, { start, ticketOf: () => ticket });
  switch (run.kind) {
    case "begun":
      return { ticket, state: run.begun };
    case "started":
      return { ticket: run.ticket, state: await genie.queryResult(key, key.attachmentId) };
    case "starting":
      return { ticket, state: undefined };
  }
}

/** Undefined while it runs. */
async function readyRun(
  { preparations }: PreparationDeps,
  genie: Genie,
  { key, ticket, state }: Run & { readonly key: PreparationKey },
) {
  if (state === undefined) return undefined;
  const isOver = state.kind === "expired" || state.kind === "failed";
  // Until another request has started it, Databricks tells how the rows stood before.
  if (isOver && !(await giveUp(preparations, key, ticket))) return undefined;
  return readyResult(genie, key, state);
}
