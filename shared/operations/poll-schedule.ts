// When to look at Genie again. Pure arithmetic, so that the bench can compare it with other schedules.
// Measured on answers of 12–19 s (docs/benchmarks.md): sparse while the model thinks, dense once SQL runs,
// because then the end is near (genie-api.md §1.4, §2).

import type { OperationStage } from "./operation.ts";

/** While SQL runs the answer is a few looks away; SQL that runs long is not worth a dense look for ever. */
const EXECUTING = { least: 850, share: 0.1 } as const;
/** Before that there is little to see: soon once, for what fails or answers at once, then rarely. */
const BEFORE = { first: 2_000, later: 3_000 } as const;
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
  if (elapsedMs < UNUSUAL_AFTER_MS) return elapsedMs < BEFORE.first ? BEFORE.first : BEFORE.later;
  return Math.min(MOST_MS, elapsedMs * 0.1);
}
