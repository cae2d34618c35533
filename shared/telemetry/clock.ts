// The one source of time. It is injected everywhere, so that tests set the time instead of waiting.

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Node's own clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    const { setTimeout: wait } = await import("node:timers/promises");
    await wait(ms, undefined, signal ? { signal } : {});
  },
};
