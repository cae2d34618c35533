// One step of one operation: ask it when its turn has come, look at Genie when a look is due, end it at its
// deadline. The only place that asks Genie. It never waits and never asks a question whose intent is recorded.

import { AppError } from "../errors/app-error.ts";
import type { AskReply, Genie, GenieMessage } from "./genie.ts";
import type { Operation, Queued, Running } from "./operation.ts";
import {
  askOutcomeUnknown,
  delayAsk,
  dueAt,
  expire,
  fail,
  GRACE_AFTER_ASK_MS,
  INTENT_LIFETIME_MS,
  isFinished,
  postponePoll,
  recordAsk,
  recordIntent,
  recordPoll,
  retryAsk,
} from "./operation-transitions.ts";
import type { Asker, OperationsDeps, Versioned } from "./ports.ts";

/** The operation after a step, and the message if this step saw it (saves reading it again). */
export interface Step {
  readonly operation: Operation;
  readonly message?: GenieMessage;
}

export type Advance = (asker: Asker, versioned: Versioned) => Promise<Step>;

/**
 * Makes the function that moves an operation on by at most one ask or one poll. Concurrent calls for the
 * same operation in this process share one step, however many clients ask at once.
 *
 * The returned function throws AppError when the caller's own authority cannot be had (token exchange);
 * what Databricks answers about the question becomes part of the operation instead.
 */
export function createAdvance(deps: OperationsDeps): Advance {
  const inFlight = new Map<string, Promise<Step>>();
  return (asker, versioned) => {
    const { id } = versioned.operation;
    const running = inFlight.get(id);
    if (running !== undefined) return running;
    const step = takeStep(deps, asker, versioned).finally(() => inFlight.delete(id));
    inFlight.set(id, step);
    return step;
  };
}

async function takeStep(deps: OperationsDeps, asker: Asker, versioned: Versioned): Promise<Step> {
  const { operation } = versioned;
  if (isFinished(operation) || deps.clock.now() < dueAt(operation)) return { operation };
  return operation.status === "queued"
    ? stepQueued(deps, asker, { operation, etag: versioned.etag })
    : stepRunning(deps, asker, { operation, etag: versioned.etag });
}

async function stepQueued(
  deps: OperationsDeps,
  asker: Asker,
  { operation, etag }: { operation: Queued; etag: string },
): Promise<Step> {
  const now = deps.clock.now();
  if (operation.intentAt !== null) {
    if (now - operation.intentAt < INTENT_LIFETIME_MS) return { operation }; // somebody is asking it now
    return write(deps, fail(operation, askOutcomeUnknown, now), etag);
  }
  if (now >= operation.expiresAt) return write(deps, expire(operation, now), etag);
  const genie = await asker.genie(); // before the intent: a refused exchange must not burn the question
  const intended = await deps.store.replace(recordIntent(operation, now), etag);
  if (intended === undefined) return reread(deps, operation);
  const reply = await ask(genie, operation);
  return settleAsk(deps, intended.etag, { operation, reply });
}

function ask(genie: Genie, operation: Queued): Promise<AskReply> {
  return operation.followUpOf === null
    ? genie.startConversation(operation.spaceId, operation.question)
    : genie.createMessage(operation.spaceId, operation.followUpOf, operation.question);
}

async function settleAsk(
  deps: OperationsDeps,
  etag: string,
  { operation, reply }: { operation: Queued; reply: AskReply },
): Promise<Step> {
  const now = deps.clock.now();
  deps.logger.info("ask_settled", { operation_id: operation.id, outcome: reply.kind });
  switch (reply.kind) {
    case "accepted": {
      await recordConversation(deps, operation, reply.message);
      const running = recordAsk(operation, reply.message, { now, deadlineMs: deps.deadlineMs });
      return write(deps, recordPoll(running, reply.message, now), etag, reply.message);
    }
    case "rate_limited":
      return write(deps, delayAsk(operation, now, reply.retryAfterMs), etag);
    case "not_sent":
      return write(deps, retryAsk(operation, now, reply.retryAfterMs), etag);
    case "unknown":
      return write(deps, fail(operation, askOutcomeUnknown, now), etag);
    case "refused":
      return write(deps, fail(operation, reply.failure, now), etag);
  }
}

/** Only app callers need the record: Databricks itself keeps users apart. */
async function recordConversation(
  deps: OperationsDeps,
  operation: Queued,
  message: GenieMessage,
): Promise<void> {
  if (operation.owner.kind === "user" || operation.followUpOf !== null) return;
  await deps.ledger.record(operation.owner, operation.spaceId, {
    conversationId: message.conversationId,
    createdAt: deps.clock.now(),
  });
}

async function stepRunning(
  deps: OperationsDeps,
  asker: Asker,
  { operation, etag }: { operation: Running; etag: string },
): Promise<Step> {
  const genie = await asker.genie();
  const { conversationId, messageId } = operation.asked;
  const ref = { spaceId: operation.spaceId, conversationId, messageId };
  try {
    const message = await genie.getMessage(ref);
    const next = recordPoll(operation, message, deps.clock.now());
    return await write(deps, endAtDeadline(next, deps.clock.now()), etag, message);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return write(deps, afterFailedPoll(operation, error, deps.clock.now()), etag);
  }
}

/** A refusal right after the ask is passing; later it is the outcome. Everything else is tried again. */
function afterFailedPoll(operation: Running, error: AppError, now: number): Operation {
  const { failure } = error;
  const lasting = REFUSALS.has(failure.code) && now - operation.asked.askedAt > GRACE_AFTER_ASK_MS;
  if (lasting) return fail(operation, failure, now);
  return endAtDeadline(postponePoll(operation, now, (failure.retryAfterSeconds ?? 0) * 1000), now);
}

const REFUSALS: ReadonlySet<string> = new Set([
  "genie_space_forbidden",
  "warehouse_forbidden",
  "data_forbidden",
  "workspace_access_missing",
  "conversation_not_found",
  "message_not_found",
]);

/** The last look before `expired` is final has just been taken (design §3.4). */
function endAtDeadline(operation: Operation, now: number): Operation {
  return !isFinished(operation) && now >= operation.expiresAt ? expire(operation, now) : operation;
}

/** Compare-and-set; when somebody else was faster, their state is the answer. */
async function write(
  deps: OperationsDeps,
  operation: Operation,
  etag: string,
  message?: GenieMessage,
): Promise<Step> {
  const written = await deps.store.replace(operation, etag);
  if (written === undefined) return reread(deps, operation);
  return { operation: written.operation, ...(message === undefined ? {} : { message }) };
}

async function reread(deps: OperationsDeps, operation: Operation): Promise<Step> {
  const current = await deps.store.read(operation.id);
  return { operation: current?.operation ?? operation };
}
