// How long the queue listener waits after an empty poll: random exponential back-off from 100 ms up to
// `maxPollingInterval` (`RandomizedExponentialBackoffStrategy` of the queue extension). Pure but for `random`.

const leastMs = 100;

export interface PollDelay {
  /** The wait after one more empty poll, in milliseconds. */
  afterEmpty(): number;
  /** A message was found: the next wait starts small again. */
  reset(): void;
}

export function createPollDelay(maxMs: number, random: () => number = Math.random): PollDelay {
  let empty = 0;
  return {
    afterEmpty() {
      const growth = (2 ** Math.min(empty, 30) - 1) * leastMs * (0.8 + 0.4 * random());
      empty += 1;
      return Math.min(leastMs + growth, Math.max(maxMs, leastMs));
    },
    reset() {
      empty = 0;
    },
  };
}
