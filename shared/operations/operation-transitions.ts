// The moves of an operation from state to state (design §3.4, §4 "Asking once"). Pure: each takes the operation
// and `now` and returns a new one. Nothing here decides when a move is made, and nothing is written.

import type { Failure } from "../errors/app-error.ts";
import { askOutcomeUnknown, databricksUnreachable } from "./ask-failures.ts";
import type { GenieMessage, GenieStage } from "./genie.ts";
import type { Callback, Finished, Operation, Queued, Running, Unfinished } from "./operation.ts";
import { askedOf } from "./operation-state.ts";
import type { Owner } from "./owner.ts";
import { nextPollDelay } from "./poll-schedule.ts";
import type { Space } from "./ports.ts";

/** An ask that surely did not reach Databricks is tried again for at most this long. */
const UNREACHABLE_LIMIT_MS = 30_000;
const UNREACHABLE_PAUSE_MS = 2_000;
/** Databricks sends 429 without `Retry-After` at times; its window is a minute (genie-api.md §1.7). */
const RATE_LIMIT_PAUSE_MS = 10_000;

export interface NewOperation {
  readonly id: string;
  readonly owner: Owner;
  readonly space: Space;
  readonly followUpOf: string | null;
  readonly question: string;
  readonly claimedBody: string | null;
  readonly callbackUrl: string | null;
  readonly linkBase: string;
  readonly traceparent: string | null;
}

export function createOperation(
  facts: NewOperation,
  at: { readonly now: number; readonly deadlineMs: number; readonly drivenUntil: number },
): Queued {
  const { space, callbackUrl, ...rest } = facts;
  return {
    ...rest,
    space: space.alias,
    spaceId: space.id,
    callback:
      callbackUrl === null
        ? null
        : { url: callbackUrl, tries: 0, nextTryAt: null, outcome: "open" },
    status: "queued",
    stage: "waiting_for_slot",
    createdAt: at.now,
    updatedAt: at.now,
    expiresAt: at.now + at.deadlineMs,
    drivenUntil: at.drivenUntil,
    intentAt: null,
    nextAskAt: at.now,
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
  const { conversationId, messageId } = message;
  const stage = stageOf(message) ?? "SUBMITTED";
  return {
    ...facts,
    status: "running",
    stage,
    asked: { conversationId, messageId, askedAt: at.now },
    updatedAt: at.now,
    expiresAt: at.now + at.deadlineMs,
    stageSince: at.now,
    nextPollAt: at.now + nextPollDelay(stage, 0, 0),
  };
}

/** A slot that is further away is not waited for: the question is refused with 429 (design §3.9). */
export const LONGEST_LINE_MS = 30 * 60_000;

/**
 * The question budget has no slot yet: `expires_at` counts from the estimated one (design §3.4), but never from later
 * than half an hour after the question came, however often the estimate moves.
 */
export function awaitSlot(
  operation: Queued,
  estimatedAt: number,
  at: { readonly now: number; readonly deadlineMs: number },
): Queued {
  const nextAskAt = Math.max(estimatedAt, at.now);
  const countsFrom = Math.min(nextAskAt, operation.createdAt + LONGEST_LINE_MS);
  return { ...operation, nextAskAt, expiresAt: countsFrom + at.deadlineMs, updatedAt: at.now };
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
  if (nextAskAt - unreachableSince > UNREACHABLE_LIMIT_MS) {
    return fail({ ...operation, intentAt: null }, databricksUnreachable, now);
  }
  return { ...operation, intentAt: null, updatedAt: now, unreachableSince, nextAskAt };
}

/** An intent that nobody settled: its worker died, and the question may or may not have been asked. */
export function giveUpIntent(operation: Queued, now: number): Finished {
  return fail(operation, askOutcomeUnknown, now);
}

/** What a look at Genie showed. */
export function recordPoll(operation: Running, message: GenieMessage, now: number): Operation {
  const facts = finishedFacts(operation, now);
  switch (message.state.kind) {
    case "working": {
      // A state we do not know keeps the last known stage, but ends `waiting_for_user`: somebody looks again.
      const known = operation.stage === "waiting_for_user" ? "ASKING_AI" : operation.stage;
      const stage = message.state.stage ?? known;
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

/** The next look, as far as it is known before looking. */
export function postponePoll(operation: Running, now: number, leastMs: number): Running {
  const delay = nextPollDelay(
    operation.stage,
    now - operation.asked.askedAt,
    now - operation.stageSince,
  );
  return { ...operation, nextPollAt: now + Math.max(delay, leastMs) };
}

/** The sealed token has expired: nothing happens until the user comes back or the deadline passes (design §3.7). */
export function awaitUser(operation: Unfinished, now: number): Unfinished {
  return { ...operation, stage: "waiting_for_user", updatedAt: now };
}

/** It should have moved long ago: planned anew for now, so that the sweeper sends one message and not one a minute. */
export function planAnew(operation: Unfinished, now: number): Unfinished {
  return operation.status === "queued"
    ? { ...operation, nextAskAt: now }
    : { ...operation, nextPollAt: now };
}

export function driveUntil<Kind extends Unfinished>(operation: Kind, until: number): Kind {
  return { ...operation, drivenUntil: until };
}

export function fail(operation: Unfinished, failure: Failure, now: number): Finished {
  return {
    ...finishedFacts(operation, now),
    asked: askedOf(operation),
    status: "failed",
    genieMs: null,
    failure,
  };
}

export function cancel(operation: Unfinished, now: number): Finished {
  return { ...finishedFacts(operation, now), asked: askedOf(operation), status: "cancelled" };
}

export function expire(operation: Unfinished, now: number): Finished {
  return { ...finishedFacts(operation, now), asked: askedOf(operation), status: "expired" };
}

/** What every state shares, without the question and the times of the state that is left. */
function finishedFacts(operation: Unfinished, now: number) {
  const { id, owner, space, spaceId, followUpOf, claimedBody, stage, linkBase } = operation;
  const { createdAt, expiresAt, traceparent } = operation;
  const facts = { id, owner, space, spaceId, followUpOf, claimedBody, stage, linkBase };
  return {
    ...facts,
    traceparent,
    callback: dueCallback(operation.callback, now),
    createdAt,
    updatedAt: now,
    expiresAt,
    // An intent is as good as sent: its POST may be on the way.
    wasSent: operation.status === "running" || operation.intentAt !== null,
  };
}

/** The end of the operation is what the callback tells. */
function dueCallback(callback: Callback | null, now: number): Callback | null {
  return callback === null ? null : { ...callback, nextTryAt: now };
}

function stageOf(message: GenieMessage): GenieStage | undefined {
  return message.state.kind === "working" ? message.state.stage : undefined;
}

function genieTime(message: GenieMessage): number | null {
  if (message.createdAt === null || message.updatedAt === null) return null;
  return Math.max(0, message.updatedAt - message.createdAt);
}
