// What can be asked of an operation as it stands: has it ended, was it asked, what is due when, and by whom. Pure;
// the moves from state to state are in operation-transitions.ts.

import type { MessageRef } from "./genie.ts";
import type { Asked, Finished, Operation, Unfinished } from "./operation.ts";

export function isFinished(operation: Operation): operation is Finished {
  return operation.status !== "queued" && operation.status !== "running";
}

/** Ended before anything was sent, so that its idempotency key is free again (design §3.2). */
export function endedUnasked(operation: Operation): boolean {
  return isFinished(operation) && !operation.wasSent;
}

/** Conversation, message and time of the ask; null before the ask and where it never came to one. */
export function askedOf(operation: Operation): Asked | null {
  return operation.status === "queued" ? null : operation.asked;
}

/** Where Genie keeps the message of this operation; undefined before the ask. */
export function messageRefOf(operation: Operation): MessageRef | undefined {
  const asked = askedOf(operation);
  if (asked === null) return undefined;
  const { conversationId, messageId } = asked;
  return { spaceId: operation.spaceId, conversationId, messageId };
}

/** Longer than an ask and the insisting on its record can take: an older intent belongs to a dead worker. */
const INTENT_LIFETIME_MS = 180_000;

/** When the next move is due: the ask (or giving up on its intent), the next look, or the deadline if that is earlier. */
export function dueAt(operation: Unfinished): number {
  if (operation.status === "running") return Math.min(operation.nextPollAt, operation.expiresAt);
  if (operation.intentAt !== null) return operation.intentAt + INTENT_LIFETIME_MS;
  return Math.min(operation.nextAskAt, operation.expiresAt);
}

/** True where a worker may move it on without its caller: app questions, and user questions with a callback. */
export function movesInBackground(operation: Operation): boolean {
  return operation.owner.kind !== "user" || operation.callback !== null;
}

/**
 * When a worker should next do something about it; null where only its caller can, or nothing is left to do.
 * The sweeper revives what is long past it.
 */
export function plannedMoveAt(operation: Operation): number | null {
  if (isFinished(operation)) return operation.callback?.nextTryAt ?? null;
  if (!movesInBackground(operation)) return null;
  const due = operation.stage === "waiting_for_user" ? operation.expiresAt : dueAt(operation);
  return Math.max(due, operation.drivenUntil);
}
