// When to look at Genie again. Pure arithmetic, so that the bench can compare it with other schedules.
// Measured on answers of 12–19 s (docs/benchmarks.md): sparse while the model thinks, dense once SQL runs,
// because then the end is near (genie-api.md §1.4, §2).

import type { OperationStage } from "./operation.ts";

/** While SQL runs the answer is a few looks away; SQL that runs long is not worth a dense look for ever. */
const EXECUTING = { least: 850, share: 0.1 } as const;
/** Before that, ever rarer: what has taken long will take longer. */
const BEFORE = { least: 2_000, share: 0.35, most: 3_000 } as const;
/** Past this the answer is an unusual one (cold warehouse, queue) and the pace drops. */
const UNUSUAL_AFTER_MS = 30_000;
const MOST_MS = 10_000;

/**
 * Milliseconds from one look to the next.
 *
 * @param stage the stage just seen
 * @param elapsedMs time since Genie took the question
 * @param inStageMs time since this stage was first seen
 */
export function nextPollDelay(stage: OperationStage, elapsedMs: number, inStageMs: number): number {
  if (stage === "EXECUTING_QUERY") {
    return Math.min(MOST_MS, Math.max(EXECUTING.least, inStageMs * EXECUTING.share));
  }
  const most = elapsedMs < UNUSUAL_AFTER_MS ? BEFORE.most : MOST_MS;
  return Math.min(most, Math.max(BEFORE.least, elapsedMs * BEFORE.share));
}
