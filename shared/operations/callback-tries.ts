// The plan of tries of one callback (design §3.7), as pure moves of the Callback record. Nothing is sent here.

import type { Callback } from "./operation.ts";

/** What became of one try: told, finally refused by the receiver, or to be tried again. */
export type CallbackOutcome = "delivered" | "refused" | "failed";

/** Each try comes no earlier than this after the one before. */
const PLAN_MS = [0, 1_000, 5_000, 30_000, 120_000, 600_000];
/** Longer than a try can take (10 s): until then nobody else starts the next one. */
const LEASE_MS = 15_000;

export function hasTriesLeft({ tries }: Callback): boolean {
  return tries < PLAN_MS.length;
}

/**
 * Counts the try before it is made: a worker that dies in it leaves a record that goes on with the next try after
 * its lease, so that a crash can repeat a callback but never without end.
 */
export function claimTry(callback: Callback, now: number): Callback {
  const tries = callback.tries + 1;
  return { ...callback, tries, nextTryAt: now + LEASE_MS + (PLAN_MS[tries] ?? 0) };
}

export function recordTry(claimed: Callback, outcome: CallbackOutcome, now: number): Callback {
  if (outcome === "delivered") return { ...claimed, outcome, nextTryAt: null };
  const pause = PLAN_MS[claimed.tries];
  if (outcome === "refused" || pause === undefined) return giveUp(claimed);
  return { ...claimed, nextTryAt: now + pause };
}

export function giveUp(callback: Callback): Callback {
  return { ...callback, outcome: "given_up", nextTryAt: null };
}

/** Not tried and not counted: something of ours is missing or busy. */
export function postponeTry(callback: Callback, now: number, pauseMs: number): Callback {
  return { ...callback, nextTryAt: now + pauseMs };
}
