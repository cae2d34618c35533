// The last write of an operation and what follows from it: the place in the question budget, the sealed token,
// the callback. Safe to lose at any line: the record alone tells the sweeper what is still to be done.

import { measureEnd } from "./measure-operation.ts";
import type { Finished, Operation, Unfinished } from "./operation.ts";
import type { OperationsDeps, Versioned } from "./ports.ts";

/**
 * Writes `ended` over `before` if nobody was faster.
 * @returns the record as it is now, ours or theirs
 */
export async function finishOperation(
  deps: OperationsDeps,
  before: Versioned<Unfinished>,
  ended: Finished,
): Promise<Versioned> {
  const written = await deps.store.replace(ended, before.etag);
  if (written === undefined) return reread(deps, before.operation);
  deps.logger.info("operation_ended", { operation_id: ended.id, status: ended.status });
  measureEnd(ended);
  await followUp(deps, before.operation, ended).catch(() => {
    deps.logger.warn("end_not_followed_up", { operation_id: ended.id }); // the sweeper sees to it
  });
  return written;
}

/** Somebody else wrote: their state counts. A record that is gone stays as we knew it, and no write finds it again. */
export async function reread(deps: OperationsDeps, known: Operation): Promise<Versioned> {
  return (await deps.store.read(known.id)) ?? { operation: known, etag: NO_VERSION };
}

/** No record ever has this version (ports.ts). */
const NO_VERSION = "";

async function followUp(deps: OperationsDeps, before: Unfinished, ended: Finished): Promise<void> {
  // Before the callback is sent (design §3.7).
  if (ended.callback !== null && ended.owner.kind === "user") await deps.custody.erase(ended.id);
  await Promise.all([
    ended.callback === null
      ? undefined
      : deps.queue.scheduleCallback(ended.id, 0, ended.traceparent),
    // Only a question that was never asked may still hold a place in the line.
    before.status === "queued" && !ended.wasSent ? deps.budget.leave(ended.id) : undefined,
  ]);
}
