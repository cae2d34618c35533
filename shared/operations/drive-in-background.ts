// What a queue message makes a worker do (design §4): one step of one operation, and the next message before this
// one is done. Safe to run twice and to lose: the record decides what is due, and the sweeper revives the rest.

import type { Advance } from "./advance.ts";
import { finishOperation } from "./finish-operation.ts";
import type { Operation, Unfinished } from "./operation.ts";
import { dueAt, isFinished, movesInBackground } from "./operation-state.ts";
import { awaitUser, expire } from "./operation-transitions.ts";
import type { Asker, OperationsDeps, Versioned } from "./ports.ts";
import { asStored } from "./step.ts";

/** Whose authority a worker has: the app's own, or the sealed token of a user; undefined when it has none. */
export type BackgroundAsker = (operation: Operation) => Promise<Asker | undefined>;

const LEAST_DELAY_MS = 1_000;
/** A message may come a little before its move is due: visibility counts in whole seconds. */
const EARLY_MS = 500;

/** @throws AppError `storage_unavailable` or what the app's own token exchange refuses: the message comes again. */
export function createBackgroundDrive(
  deps: OperationsDeps,
  advance: Advance,
  askerFor: BackgroundAsker,
) {
  const step = async ({ operation, etag }: Versioned<Unfinished>): Promise<void> => {
    const asker = await askerFor(operation);
    if (asker === undefined) return withoutAuthority(deps, { operation, etag });
    const driver = { asker, presentUntil: Number.POSITIVE_INFINITY, leads: false };
    const { operation: moved } = await advance(driver, asStored({ operation, etag }));
    if (!isFinished(moved)) await schedule(deps, moved, dueAt(moved));
  };

  return async (operationId: string): Promise<void> => {
    const stored = await deps.store.read(operationId);
    if (stored === undefined || isFinished(stored.operation)) return;
    const { operation, etag } = stored;
    const now = deps.clock.now();
    if (!movesInBackground(operation)) return;
    if (operation.drivenUntil > now) return schedule(deps, operation, operation.drivenUntil);
    // Another message moved it on and has scheduled the next one: two chains would never end.
    if (dueAt(operation) - now > EARLY_MS) return;
    await step({ operation, etag });
  };
}

async function schedule(deps: OperationsDeps, operation: Operation, at: number): Promise<void> {
  const delay = Math.max(LEAST_DELAY_MS, at - deps.clock.now());
  await deps.queue.schedulePoll(operation.id, delay, operation.traceparent);
}

/** The user's token has expired: nothing but the deadline happens until the user comes back (design §3.7). */
async function withoutAuthority(
  deps: OperationsDeps,
  before: Versioned<Unfinished>,
): Promise<void> {
  const { operation, etag } = before;
  const now = deps.clock.now();
  if (now >= operation.expiresAt) {
    await finishOperation(deps, before, expire(operation, now));
    return;
  }
  if (operation.stage !== "waiting_for_user") {
    await deps.store.replace(awaitUser(operation, now), etag);
  }
  await schedule(deps, operation, operation.expiresAt);
}
