// The moves of an operation from state to state (design §3.4, §4 "Asking once"). Pure: each takes the operation
// and `now` and returns a new one. Nothing here decides when a move is made, and nothing is written.

import type { Failure } from "../errors/app-error.ts";
import type { GenieMessage, GenieStage, MessageRef } from "./genie.ts";
import type { Asked, Finished, Operation, Queued, Running, Unfinished } from "./operation.ts";
import type { Owner } from "./owner.ts";
import { nextPollDelay } from "./poll-schedule.ts";
import type { Space } from "./ports.ts";

/** An ask that surely did not reach Databricks is tried again for at most this long. */
const UNREACHABLE_LIMIT_MS = 30_000;
const UNREACHABLE_PAUSE_MS = 2_000;
/** Databricks sends 429 without `Retry-After` at times; its window is a minute (genie-api.md §1.7). */
const RATE_LIMIT_PAUSE_MS = 10_000;
/** An intent older than the ask can possibly take belongs to a worker that died. */
export const INTENT_LIFETIME_MS = 30_000;
/** "Permission errors during polling have been seen to be transient" (genie-api.md §1.8). */
export const GRACE_AFTER_ASK_MS = 10_000;

export interface NewOperation {
  readonly id: string;
  readonly owner: Owner;
  readonly space: Space;
  readonly followUpOf: string | null;
  readonly question: string;
  readonly linkBase: string;
}

export function createOperation(facts: NewOperation, now: number, deadlineMs: number): Queued {
  const { space, ...rest } = facts;
  return {
    ...rest,
    space: space.alias,
    spaceId: space.id,
    status: "queued",
    stage: "waiting_for_slot",
    createdAt: now,
    updatedAt: now,
    expiresAt: now + deadlineMs,
    intentAt: null,
    nextAskAt: now,
    unreachableSince: null,
  };
}

/** The write that precedes the ask: from here on nobody else may ask this question. */
export function recordIntent(operation: Queued, now: number): Queued {
  return { ...operation, intentAt: now, updatedAt: now };
}

/** Genie took the question: the question itself is dropped in the same write (design §1.1). */
export function recordAsk(
  operation: Queued,
  message: GenieMessage,
  at: { readonly now: number; readonly deadlineMs: number },
): Running {
  const { question, intentAt, nextAskAt, unreachableSince, ...facts } = operation;
  const stage = stageOf(message) ?? "SUBMITTED";
  return {
    ...facts,
    status: "running",
    stage,
    asked: {
      conversationId: message.conversationId,
      messageId: message.messageId,
      askedAt: at.now,
    },
    updatedAt: at.now,
    expiresAt: at.now + at.deadlineMs,
    stageSince: at.now,
    nextPollAt: at.now + nextPollDelay(stage, 0, 0),
  };
}

/** 429: nothing was started; the question keeps its place until its deadline. */
export function delayAsk(operation: Queued, now: number, retryAfterMs: number | undefined): Queued {
  return {
    ...operation,
    intentAt: null,
    updatedAt: now,
    nextAskAt: now + (retryAfterMs ?? RATE_LIMIT_PAUSE_MS),
  };
}

/** Databricks could not be reached: again soon, for at most 30 s. */
export function retryAsk(
  operation: Queued,
  now: number,
  retryAfterMs: number | undefined,
): Queued | Finished {
  const unreachableSince = operation.unreachableSince ?? now;
  const nextAskAt = now + Math.max(retryAfterMs ?? 0, UNREACHABLE_PAUSE_MS);
  if (nextAskAt - unreachableSince > UNREACHABLE_LIMIT_MS)
    return fail(operation, databricksUnavailable, now);
  return { ...operation, intentAt: null, updatedAt: now, unreachableSince, nextAskAt };
}

/** What a look at Genie showed. */
export function recordPoll(operation: Running, message: GenieMessage, now: number): Operation {
  const facts = finishedFacts(operation, now);
  switch (message.state.kind) {
    case "working": {
      const stage = message.state.stage ?? operation.stage;
      const stageSince = stage === operation.stage ? operation.stageSince : now;
      const delay = nextPollDelay(stage, now - operation.asked.askedAt, now - stageSince);
      return { ...operation, stage, stageSince, updatedAt: now, nextPollAt: now + delay };
    }
    case "completed":
    case "result_expired":
      return { ...facts, status: "succeeded", asked: operation.asked, genieMs: genieTime(message) };
    case "failed":
      return {
        ...facts,
        status: "failed",
        asked: operation.asked,
        genieMs: genieTime(message),
        failure: message.state.failure,
      };
    case "cancelled":
      return { ...facts, status: "cancelled", asked: operation.asked };
  }
}

/** A look that failed for a passing reason: the operation goes on. */
export function postponePoll(operation: Running, now: number, retryAfterMs: number): Running {
  const delay = nextPollDelay(
    operation.stage,
    now - operation.asked.askedAt,
    now - operation.stageSince,
  );
  return { ...operation, updatedAt: now, nextPollAt: now + Math.max(delay, retryAfterMs) };
}

export function fail(operation: Unfinished, failure: Failure, now: number): Finished {
  return {
    ...finishedFacts(operation, now),
    status: "failed",
    asked: askedOf(operation),
    genieMs: null,
    failure,
  };
}

export function cancel(operation: Unfinished, now: number): Finished {
  return { ...finishedFacts(operation, now), status: "cancelled", asked: askedOf(operation) };
}

export function expire(operation: Unfinished, now: number): Finished {
  return { ...finishedFacts(operation, now), status: "expired", asked: askedOf(operation) };
}

export function isFinished(operation: Operation): operation is Finished {
  return operation.status !== "queued" && operation.status !== "running";
}

/** Conversation, message and time of the ask; null before the ask and where it never came to one. */
function askedOf(operation: Operation): Asked | null {
  return operation.status === "queued" ? null : operation.asked;
}

/** Where Genie keeps the message of this operation; undefined before the ask. */
export function messageRefOf(operation: Operation): MessageRef | undefined {
  const asked = askedOf(operation);
  if (asked === null) return undefined;
  return {
    spaceId: operation.spaceId,
    conversationId: asked.conversationId,
    messageId: asked.messageId,
  };
}

/** When the next move is due: the ask, the next look, or the deadline if that is earlier. */
export function dueAt(operation: Unfinished): number {
  const next = operation.status === "queued" ? operation.nextAskAt : operation.nextPollAt;
  return Math.min(next, operation.expiresAt);
}

const databricksUnavailable: Failure = {
  code: "databricks_unavailable",
  detail: "Databricks could not be reached, so the question was not asked.",
  remedy:
    "Ask again in a minute. If it persists, check GENIE__WORKSPACE_URL and the workspace's network rules.",
  retryAfterSeconds: 30,
};

export const askOutcomeUnknown: Failure = {
  code: "ask_outcome_unknown",
  detail: "Databricks' reply to the question got lost, so it may or may not have been asked.",
  remedy:
    "Look into the newest conversation of GET /genie/conversations: if the question stands there, read its answer; if not, ask again.",
};

/** What every state shares, without the question and the times of the state that is left. */
function finishedFacts(operation: Unfinished, now: number) {
  return {
    id: operation.id,
    owner: operation.owner,
    space: operation.space,
    spaceId: operation.spaceId,
    followUpOf: operation.followUpOf,
    stage: operation.stage,
    linkBase: operation.linkBase,
    createdAt: operation.createdAt,
    updatedAt: now,
    expiresAt: operation.expiresAt,
  };
}

function stageOf(message: GenieMessage): GenieStage | undefined {
  return message.state.kind === "working" ? message.state.stage : undefined;
}

function genieTime(message: GenieMessage): number | null {
  if (message.createdAt === null || message.updatedAt === null) return null;
  return Math.max(0, message.updatedAt - message.createdAt);
}
