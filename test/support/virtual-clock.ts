// A clock that jumps: sleepers wake in order as soon as everything else is idle, so a ten-minute wait takes
// milliseconds and no test depends on the machine's speed.

import { setImmediate as idle } from "node:timers/promises";
import type { Clock } from "../../shared/telemetry/clock.ts";
import { createSleepers } from "./sleepers.ts";

export interface VirtualClock extends Clock {
  /** Runs until `work` settles, jumping to the next sleeper whenever nothing else moves. */
  run<T>(work: Promise<T>): Promise<T>;
  advance(ms: number): void;
}

export function createVirtualClock(start = Date.UTC(2026, 10, 23)): VirtualClock {
  let now = start;
  const { sleepers, sleep } = createSleepers(() => now);

  const wakeNext = (): void => {
    const next = [...sleepers].toSorted((a, b) => a.wake - b.wake)[0];
    if (next === undefined) return;
    now = Math.max(now, next.wake);
    sleepers.delete(next);
    next.resolve();
  };

  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep,
    run: async (work) => {
      let settled = false;
      const mark = (): void => {
        settled = true;
      };
      work.then(mark, mark);
      while (!settled) {
        for (let turn = 0; turn < 5 && !settled; turn++) await idle();
        if (!settled) wakeNext();
      }
      return work;
    },
  };
}
