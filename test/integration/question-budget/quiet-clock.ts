// A clock for tests over a real storage: it jumps to the next sleeper only while no call is under way, so that
// calls take no time at all and no test depends on the machine's speed.

import { setImmediate as idle } from "node:timers/promises";
import type { Clock } from "../../../shared/telemetry/clock.ts";

interface Sleeper {
  readonly wake: number;
  readonly resolve: () => void;
}

export interface QuietClock extends Clock {
  /** Runs until `work` settles. */
  run<T>(work: Promise<T>): Promise<T>;
  advance(ms: number): void;
}

/** Turns of the event loop without a call, a promise or a sleeper that moves. */
const QUIET_TURNS = 10;

export function createQuietClock(callsUnderWay: () => number): QuietClock {
  let now = Date.UTC(2026, 10, 23);
  let sleepers: Sleeper[] = [];

  const untilQuiet = async (isOver: () => boolean): Promise<void> => {
    for (let quiet = 0; quiet < QUIET_TURNS && !isOver(); quiet += 1) {
      await idle();
      if (callsUnderWay() > 0) quiet = -1;
    }
  };
  const wakeNext = (): void => {
    const [next, ...others] = sleepers.toSorted((a, b) => a.wake - b.wake);
    if (next === undefined) return;
    sleepers = others;
    now = Math.max(now, next.wake);
    next.resolve();
  };

  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: (ms) => new Promise((resolve) => sleepers.push({ wake: now + ms, resolve })),
    run: async (work) => {
      let isSettled = false;
      const settle = (): void => {
        isSettled = true;
      };
      work.then(settle, settle);
      while (!isSettled) {
        await untilQuiet(() => isSettled);
        if (!isSettled) wakeNext();
      }
      return work;
    },
  };
}
