// Kills a worker of the stand, picked at random, every second, and starts it again at once.

import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../local/databricks/seeded-random.ts";
import type { Worker } from "../../local/stand/worker.ts";

export interface Killer {
  /** How many were killed so far. */
  readonly kills: number;
  /** Fulfils when the last one killed runs again. @throws Error when one could not be started again */
  stop(): Promise<void>;
}

const EVERY_MS = 1_000;

export function killWorkers(workers: readonly Worker[], random: Random): Killer {
  const stopping = new AbortController();
  const restarts: Promise<void>[] = [];
  let kills = 0;
  const killing = (async () => {
    while (!stopping.signal.aborted) {
      const running = workers.filter(({ isRunning }) => isRunning);
      const victim = running[Math.floor(random() * running.length)];
      if (victim !== undefined) {
        kills += 1;
        restarts.push(victim.restart());
      }
      await sleep(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    get kills() {
      return kills;
    },
    stop: async () => {
      stopping.abort();
      await killing;
      await Promise.all(restarts);
    },
  };
}
