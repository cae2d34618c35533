// A clock for clients over real sockets: pauses between tries pass at once, time limits stand still until a test lets
// them pass. So no test waits, and none depends on the machine's speed.

import type { Clock } from "../../shared/telemetry/clock.ts";
import { createSleepers } from "./sleepers.ts";

export interface PauseFreeClock extends Clock {
  /** How many time limits are running. */
  limits(): number;
  /** Lets all of the running time limits pass. */
  expireLimits(): void;
}

/** Pauses between tries are shorter, time limits are longer. */
const LONGEST_PAUSE_MS = 5_000;

export function createPauseFreeClock(now: () => number): PauseFreeClock {
  const { sleepers, sleep } = createSleepers(now);
  return {
    now,
    sleep: (ms, signal) => (ms <= LONGEST_PAUSE_MS ? Promise.resolve() : sleep(ms, signal)),
    limits: () => sleepers.size,
    expireLimits: () => {
      for (const sleeper of sleepers) {
        sleepers.delete(sleeper);
        sleeper.resolve();
      }
    },
  };
}
