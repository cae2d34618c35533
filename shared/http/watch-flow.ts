// Whether the client of a body still takes what it is sent: it went away, it stalls, or it takes too long in all. It makes
// and writes nothing.

import type { Clock } from "../telemetry/clock.ts";
import type { OpenResponse } from "./open-responses.ts";

/** A client that takes nothing for so long gets nothing more. */
const IDLE_MS = 60_000;
/** One look at the clock for many pieces: a timer for each would cost more than the piece. */
const LOOK_MS = 5_000;
/** An invocation lasts as long as its body; at `functionTimeout` (host.json: 10 min) the host kills the whole worker. */
const MAX_MS = 9 * 60_000;

/** Why nothing more is sent. */
export type FlowEnd = "gone" | "stalled" | "late";

export interface Flow {
  /** Fulfils when the client has taken what was sent. */
  ready(): Promise<void>;
  /** What `work` gives, or why the flow ended first; `work` is then left alone. */
  unlessEnded<T>(work: () => Promise<T>): Promise<T | FlowEnd>;
  /** Ends the watching. */
  end(): void;
}

export function watchFlow(open: OpenResponse, clock: Clock): Flow {
  const response = typeof open === "string" ? undefined : open;
  const endAt = clock.now() + MAX_MS;
  const watching = new AbortController();
  let ended: FlowEnd | undefined = open === "gone" || response?.destroyed ? "gone" : undefined;
  let waitsSince: number | undefined;
  let wake = (): void => {};
  let interrupt = (_end: FlowEnd): void => {};
  const finish = (how: FlowEnd): void => {
    ended ??= how;
    interrupt(ended);
  };
  const onDrain = () => wake();
  const onClose = () => finish("gone");
  response?.on("drain", onDrain).on("close", onClose);

  let isLooking = false;
  const look = async (): Promise<void> => {
    isLooking = true;
    while (ended === undefined) {
      await clock.sleep(LOOK_MS, watching.signal);
      const now = clock.now();
      if (now >= endAt) finish("late");
      else if (waitsSince !== undefined && now - waitsSince >= IDLE_MS) finish("stalled");
    }
  };

  return {
    ready: async () => {
      if (!response?.writableNeedDrain) return;
      waitsSince = clock.now();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      waitsSince = undefined;
    },
    unlessEnded: (work) =>
      new Promise((resolve, reject) => {
        if (!isLooking) look().catch(() => {}); // aborted at the end
        if (clock.now() >= endAt) finish("late"); // pieces that are always there let no timer through
        if (ended !== undefined) return resolve(ended);
        interrupt = resolve;
        work().then(resolve, reject);
      }),
    end: () => {
      watching.abort();
      response?.off("drain", onDrain).off("close", onClose);
    },
  };
}
