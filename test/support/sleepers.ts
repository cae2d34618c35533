// Those who sleep on a clock of the tests. It wakes nobody: which of them is next, and when, is the clock's matter.

import type { Clock } from "../../shared/telemetry/clock.ts";

export interface Sleeper {
  readonly wake: number;
  readonly resolve: () => void;
}

export function createSleepers(now: () => number): {
  readonly sleepers: Set<Sleeper>;
  readonly sleep: Clock["sleep"];
} {
  const sleepers = new Set<Sleeper>();
  const sleep: Clock["sleep"] = (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const sleeper = { wake: now() + ms, resolve };
      sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });
  return { sleepers, sleep };
}
