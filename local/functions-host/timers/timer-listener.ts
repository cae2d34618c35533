// Runs one timer function by its schedule. A run never overlaps the one before; a failed one is not repeated. No
// schedule monitor is kept, so `isPastDue` is always false.

import type { Clock } from "../../../shared/telemetry/clock.ts";
import type { RpcTypedData } from "../worker/core-contract.ts";
import type { NextRun } from "./timer-schedule.ts";

export interface TimerParts {
  readonly nextRun: NextRun;
  readonly runOnStartup: boolean;
  /** Runs the function; rejects when it failed, which is logged where it happens. */
  readonly run: (timer: RpcTypedData) => Promise<void>;
  readonly clock: Clock;
}

// A timer beyond 2^31 ms fires at once in Node, so long waits are cut into pieces.
const longestSleepMs = 86_400_000;

export async function listenTimer(parts: TimerParts, stop: AbortSignal): Promise<void> {
  const { nextRun, runOnStartup, run, clock } = parts;
  let last = 0;
  let due = runOnStartup ? clock.now() : nextRun(clock.now());
  while (due !== undefined && !stop.aborted) {
    if (due > clock.now()) {
      await clock.sleep(Math.min(due - clock.now(), longestSleepMs), stop).catch(() => {});
      continue;
    }
    const following = nextRun(Math.max(clock.now(), due));
    await run(timerInfo(last, following)).catch(() => {});
    last = due;
    due = nextRun(clock.now());
  }
}

function timerInfo(last: number, next: number | undefined): RpcTypedData {
  // .NET's default DateTime stands for "never".
  const date = (time: number | undefined) =>
    time ? new Date(time).toISOString() : "0001-01-01T00:00:00+00:00";
  const json = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: date(last), LastUpdated: date(last), Next: date(next) },
    IsPastDue: false,
  };
  return { json: JSON.stringify(json) };
}
