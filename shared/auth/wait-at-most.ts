// Bounds how long one caller waits for work that others share. The work itself goes on: a slow exchange
// still fills the cache for the next request. It never cancels anything.

import { AppError, type Failure } from "../errors/app-error.ts";
import type { Clock } from "../telemetry/clock.ts";

export interface WaitLimit {
  readonly clock: Clock;
  readonly ms: number;
  /** Thrown as AppError when the time is over. */
  readonly failure: Failure;
}

/** The result of `work`, or the failure once `ms` milliseconds have passed. */
export async function waitAtMost<T>(work: Promise<T>, limit: WaitLimit): Promise<T> {
  const timer = new AbortController();
  const tooLate = limit.clock.sleep(limit.ms, timer.signal).then(() => {
    throw new AppError(limit.failure);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    timer.abort();
  }
}
