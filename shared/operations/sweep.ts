// Every minute: whatever should have moved a minute ago is given a new message, and records past their lifetime are
// deleted (design §4 "Nothing is lost"). Bounded in time; the next run goes on where this one stopped.

import { isFinished } from "./operation-state.ts";
import { planAnew } from "./operation-transitions.ts";
import type { OperationsDeps, Versioned } from "./ports.ts";

const OVERDUE_AFTER_MS = 60_000;
const AT_ONCE = 100;
/** Well within the minute until the next run. */
const RUN_MS = 30_000;
/** Finished operations stay readable for 24 h (design §3.4). */
const KEPT_FOR_MS = 24 * 3_600_000;

export interface Swept {
  readonly revived: number;
  readonly deleted: number;
}

export function createSweep(deps: OperationsDeps) {
  return async (): Promise<Swept> => {
    const now = deps.clock.now();
    const before = now - OVERDUE_AFTER_MS;
    const revived = await untilDone(deps, async () => {
      const overdue = await deps.store.listOverdue(before, AT_ONCE);
      for (const versioned of overdue) await revive(deps, versioned);
      return overdue.length;
    });
    const old = now - KEPT_FOR_MS;
    const operations = await untilDone(deps, () => deps.store.deleteEnded(old, AT_ONCE));
    const rows = await untilDone(deps, () => deps.conversations.deleteEnded(old, AT_ONCE));
    const swept = { revived, deleted: operations + rows };
    deps.logger.info("swept", { ...swept }); // each minute: the sign of life that an alert listens for
    return swept;
  };
}

/** A record that somebody else wrote meanwhile moves already. One message each: the record says that it was sent. */
async function revive(deps: OperationsDeps, { operation, etag }: Versioned): Promise<void> {
  const now = deps.clock.now();
  if (isFinished(operation)) {
    const { callback } = operation;
    if (callback === null) return;
    const anew = { ...operation, callback: { ...callback, nextTryAt: now } };
    if (await deps.store.replace(anew, etag)) {
      await deps.queue.scheduleCallback(operation.id, 0, operation.traceparent);
    }
    return;
  }
  if (await deps.store.replace(planAnew(operation, now), etag)) {
    await deps.queue.schedulePoll(operation.id, 0, operation.traceparent);
  }
}

/** Rounds until one does less than it may, or the time is over; what they did in all. */
async function untilDone(deps: OperationsDeps, round: () => Promise<number>): Promise<number> {
  const until = deps.clock.now() + RUN_MS;
  let total = 0;
  for (;;) {
    const done = await round();
    total += done;
    if (done < AT_ONCE || deps.clock.now() >= until) return total;
  }
}
