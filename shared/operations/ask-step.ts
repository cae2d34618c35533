// The step that asks: exchange, slot, intent, the one POST, and what became of it. The only place that asks Genie.
// A question whose intent is recorded is never asked by anybody else (design §4 "Asking once").

import { askOutcomeUnknown, tooManyWaiting } from "./ask-failures.ts";
import { finishOperation, reread } from "./finish-operation.ts";
import type { AskReply, Genie, GenieMessage } from "./genie.ts";
import { insist } from "./insist.ts";
import { measureAsked } from "./measure-operation.ts";
import type { Operation, Queued } from "./operation.ts";
import { isFinished, movesInBackground } from "./operation-state.ts";
import {
  awaitSlot,
  delayAsk,
  expire,
  fail,
  giveUpIntent,
  LONGEST_LINE_MS,
  recordAsk,
  recordIntent,
  recordPoll,
  retryAsk,
} from "./operation-transitions.ts";
import type { OperationsDeps, Versioned } from "./ports.ts";
import { asStored, type Driver, type Step } from "./step.ts";

/** An estimate that moves less than this is not worth a write. */
const ESTIMATE_TOLERANCE_MS = 1_000;

export async function stepQueued(
  deps: OperationsDeps,
  driver: Driver,
  { operation, stored }: { readonly operation: Queued; readonly stored: Versioned },
): Promise<Step> {
  const versioned = { operation, etag: stored.etag };
  const now = deps.clock.now();
  if (operation.intentAt !== null) {
    // Not due before its worker must be dead (`dueAt`): whoever still asks it is not disturbed.
    return asStored(await finishOperation(deps, versioned, giveUpIntent(operation, now)));
  }
  if (now >= operation.expiresAt) {
    return asStored(await finishOperation(deps, versioned, expire(operation, now)));
  }
  const genie = await driver.asker.genie(); // a refused exchange must burn neither slot nor question
  // Where a worker can use the slot, it does not matter how long this request stays.
  const presentUntil = movesInBackground(operation)
    ? Number.POSITIVE_INFINITY
    : driver.presentUntil;
  const slot = await deps.budget.request(operation.id, presentUntil);
  if (slot.kind === "waiting") return waitForSlot(deps, { operation, stored }, slot.estimatedAt);
  const intent = recordIntent(operation, deps.clock.now());
  const intended = await deps.store.replace(intent, stored.etag);
  if (intended === undefined) return giveSlotBack(deps, operation);
  const reply = await ask(genie, operation);
  return settleAsk(deps, { operation: intent, etag: intended.etag }, reply);
}

/** Somebody else was faster: with the ask, or with a cancellation that ends its place in the line too. */
async function giveSlotBack(deps: OperationsDeps, operation: Queued): Promise<Step> {
  await writeBudget(deps, () => deps.budget.release(operation.id));
  const present = await reread(deps, operation);
  if (present.operation.status !== "queued") {
    await writeBudget(deps, () => deps.budget.leave(operation.id));
  }
  return asStored(present);
}

async function waitForSlot(
  deps: OperationsDeps,
  { operation, stored }: { readonly operation: Queued; readonly stored: Versioned },
  estimatedAt: number,
): Promise<Step> {
  const now = deps.clock.now();
  if (estimatedAt - now > LONGEST_LINE_MS) {
    const refused = fail(operation, tooManyWaiting(estimatedAt - now), now);
    return asStored(await finishOperation(deps, { operation, etag: stored.etag }, refused));
  }
  const waiting = awaitSlot(operation, estimatedAt, { now, deadlineMs: deps.deadlineMs });
  const moved = Math.abs(waiting.nextAskAt - operation.nextAskAt) > ESTIMATE_TOLERANCE_MS;
  if (!moved) return { operation: waiting, stored };
  const written = await deps.store.replace(waiting, stored.etag);
  return asStored(written ?? (await reread(deps, operation)));
}

function ask(genie: Genie, operation: Queued): Promise<AskReply> {
  return operation.followUpOf === null
    ? genie.startConversation(operation.spaceId, operation.question)
    : genie.createMessage(operation.spaceId, operation.followUpOf, operation.question);
}

async function settleAsk(
  deps: OperationsDeps,
  intended: Versioned<Queued>,
  reply: AskReply,
): Promise<Step> {
  const { operation } = intended;
  const now = deps.clock.now();
  deps.logger.info("ask_settled", { operation_id: operation.id, outcome: reply.kind });
  switch (reply.kind) {
    case "accepted":
      return recordAccepted(deps, intended, reply.message);
    case "rate_limited": {
      const delayed = delayAsk(operation, now, reply.retryAfterMs);
      // Together: between the two somebody else would be granted a slot that the workspace refuses.
      await Promise.all([
        writeBudget(deps, () => deps.budget.pushBack(delayed.nextAskAt)),
        writeBudget(deps, () => deps.budget.release(operation.id)),
      ]);
      return write(deps, intended, delayed);
    }
    case "not_sent":
      await writeBudget(deps, () => deps.budget.release(operation.id));
      return write(deps, intended, retryAsk(operation, now, reply.retryAfterMs));
    case "unknown":
      await writeBudget(deps, () => deps.budget.settle(operation.id));
      return write(deps, intended, fail(operation, askOutcomeUnknown, now));
    case "refused":
      await writeBudget(deps, () => deps.budget.settle(operation.id));
      return write(deps, intended, fail(operation, reply.failure, now));
  }
}

/**
 * Neither the record of the ask may get lost (the operation would end `ask_outcome_unknown`) nor whose conversation it
 * is. The record comes last: what it makes readable is then in its place.
 */
async function recordAccepted(
  deps: OperationsDeps,
  intended: Versioned<Queued>,
  message: GenieMessage,
): Promise<Step> {
  const { operation } = intended;
  const { id } = operation;
  const now = deps.clock.now();
  const settled = writeBudget(deps, () => deps.budget.settle(id));
  await recordConversation(deps, operation, message).catch(() => {
    deps.logger.error("conversation_not_recorded", { operation_id: id });
  });
  const running = recordAsk(operation, message, { now, deadlineMs: deps.deadlineMs });
  measureAsked(operation, running);
  const step = await write(deps, intended, recordPoll(running, message, now));
  await settled;
  return { ...step, message };
}

async function recordConversation(
  deps: OperationsDeps,
  { owner, id, followUpOf, spaceId }: Queued,
  { conversationId, messageId }: GenieMessage,
): Promise<void> {
  const opensConversation = followUpOf === null;
  const asked = { operationId: id, conversationId, messageId, opensConversation };
  const entry = { conversationId, createdAt: deps.clock.now() };
  await Promise.all([
    insist(deps.clock, () => deps.conversations.recordAsk(owner, asked)),
    // Only app callers need the ledger: Databricks itself keeps users apart.
    owner.kind !== "user" && opensConversation
      ? insist(deps.clock, () => deps.ledger.record(owner, spaceId, entry))
      : undefined,
  ]);
}

async function write(
  deps: OperationsDeps,
  intended: Versioned<Queued>,
  next: Operation,
): Promise<Step> {
  return insist(deps.clock, async () => {
    if (isFinished(next)) return asStored(await finishOperation(deps, intended, next));
    const written = await deps.store.replace(next, intended.etag);
    return asStored(written ?? (await reread(deps, intended.operation)));
  });
}

/** A slot that is not given back frees itself after a while: no reason to fail a question. */
async function writeBudget(deps: OperationsDeps, work: () => Promise<void>): Promise<void> {
  await work().catch(() => deps.logger.warn("budget_not_written"));
}
