// A request that waits drives its operation itself: step, sleep until the next step is due, step again.
// It never outstays its welcome: whatever hangs, the request gets its operation back shortly after its wait.

import type { Advance, Step } from "./advance.ts";
import { dueAt, isFinished } from "./operation-transitions.ts";
import type { Asker, OperationsDeps } from "./ports.ts";

/** The answer leaves at most 5 s after the wait (design §1.3); what a step still does goes on behind it. */
const GRACE_MS = 4_000;

/**
 * Moves an operation on for at most `waitMs` (0 = one step, which also asks a question whose turn it is).
 * Undefined when the operation is not (or no longer) known.
 * Throws AppError when the caller's own authority cannot be had.
 */
export type Drive = (asker: Asker, id: string, waitMs: number) => Promise<Step | undefined>;

export function createDrive(deps: OperationsDeps, advance: Advance): Drive {
  return async (asker, id, waitMs) => {
    const until = deps.clock.now() + waitMs;
    const timer = new AbortController();
    const late = deps.clock.sleep(waitMs + GRACE_MS, timer.signal).then(() => "late" as const);
    late.catch(() => {}); // aborted below when the work was faster
    const work = stepUntil(deps, advance, { asker, id, until });
    try {
      const first = await Promise.race([work, late]);
      if (first !== "late") return first;
      work.catch(() => deps.logger.warn("step_failed_after_answer", { operation_id: id }));
      return await present(deps, id);
    } finally {
      timer.abort();
    }
  };
}

async function stepUntil(
  deps: OperationsDeps,
  advance: Advance,
  { asker, id, until }: { asker: Asker; id: string; until: number },
): Promise<Step | undefined> {
  for (;;) {
    const versioned = await deps.store.read(id);
    if (versioned === undefined) return undefined;
    const step = await advance(asker, versioned);
    const now = deps.clock.now();
    if (isFinished(step.operation) || now >= until) return step;
    const due = dueAt(step.operation);
    await deps.clock.sleep(Math.max(MIN_PAUSE_MS, Math.min(due, until) - now));
    if (due > until) return (await present(deps, id)) ?? step;
  }
}

/** Keeps the loop from spinning while another worker's intent is being settled. */
const MIN_PAUSE_MS = 100;

async function present(deps: OperationsDeps, id: string): Promise<Step | undefined> {
  const versioned = await deps.store.read(id);
  return versioned && { operation: versioned.operation };
}
