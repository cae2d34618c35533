// Moves an operation on by at most one ask or one look at Genie. Concurrent calls for the same operation in this
// process share one step; between processes the record's etag decides.

import { stepQueued } from "./ask-step.ts";
import type { Queued, Running } from "./operation.ts";
import { dueAt, isFinished } from "./operation-state.ts";
import { stepRunning } from "./poll-step.ts";
import type { OperationsDeps, Versioned } from "./ports.ts";
import type { Driver, Step } from "./step.ts";

/**
 * Throws AppError when the caller's own authority cannot be had or the storage does not answer; what Databricks
 * answers about the question becomes part of the operation instead.
 */
export type Advance = (driver: Driver, known: Step) => Promise<Step>;

export function createAdvance(deps: OperationsDeps): Advance {
  const inFlight = new Map<string, Promise<Step>>();
  return (driver, known) => {
    const { operation, stored } = known;
    const now = deps.clock.now();
    if (isFinished(operation) || now < dueAt(operation)) return Promise.resolve(known);
    if (!driver.leads && now < operation.drivenUntil) return Promise.resolve(known); // somebody is at it
    const shared = inFlight.get(operation.id);
    // The step is shared, the authority is not: a caller that Entra refuses learns nothing from another's.
    if (shared !== undefined) return driver.asker.genie().then(() => shared);
    const step = take(deps, driver, { operation, stored }).finally(() =>
      inFlight.delete(operation.id),
    );
    inFlight.set(operation.id, step);
    return step;
  };
}

function take(
  deps: OperationsDeps,
  driver: Driver,
  { operation, stored }: { readonly operation: Queued | Running; readonly stored: Versioned },
): Promise<Step> {
  return operation.status === "queued"
    ? stepQueued(deps, driver, { operation, stored })
    : stepRunning(deps, driver, { operation, stored });
}
