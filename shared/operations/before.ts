// A value, or nothing when it takes too long. The work itself goes on; nothing is cancelled.

import type { Clock } from "../telemetry/clock.ts";

/** The value of `work`, or undefined when it takes longer than until `at` (epoch ms). Rejects if `work` does in time. */
export async function before<T>(
  clock: Clock,
  at: number,
  work: Promise<T>,
): Promise<T | undefined> {
  const timer = new AbortController();
  const late = clock
    .sleep(Math.max(0, at - clock.now()), timer.signal)
    .then(() => undefined)
    .catch(() => undefined); // aborted below when the work was faster
  work.catch(() => {}); // when the time-out wins, the loser's failure has nobody to go to
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
