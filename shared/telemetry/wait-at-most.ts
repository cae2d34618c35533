// Bounds how long one waits for work. The work itself goes on: a slow exchange still fills a cache, a late step is still
// stored. It cancels nothing.

import type { Clock } from "./clock.ts";

/** Why a time limit is let go. Without a reason of our own each would make an error with its stack. */
const IN_TIME = "in time";

/**
 * What `work` gives, or undefined once `ms` milliseconds have passed. Rejects if `work` does in time; a failure after that
 * has nobody to go to.
 */
export async function waitAtMost<T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
): Promise<T | undefined> {
  const timer = new AbortController();
  const late = clock.sleep(Math.max(0, ms), timer.signal).then(
    () => undefined,
    () => undefined, // let go below, when the race is won
  );
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort(IN_TIME);
  }
}
