// A clock that jumps like the virtual clock, for tests with real sockets: it stands still while any request of this
// process is under way, and jumps to the next sleeper when all of them have their replies. So hours take seconds,
// and no time passes while a machine is busy.

import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../shared/telemetry/clock.ts";
import { createSleepers } from "./sleepers.ts";

export interface SettledClock extends Clock {
  /** Fulfils when nothing moves any more but time; time stands still meanwhile. */
  settled(): Promise<void>;
  /** Lets time pass until `work` settles. */
  run<T>(work: Promise<T>): Promise<T>;
}

/** What needs no socket (signatures, SQL) takes less: after so many quiet looks in a row nothing moves. */
const QUIET_LOOKS = 4;
const LOOK_MS = 2;

export function createSettledClock(start: number): SettledClock {
  const underWay = watchRequests();
  let now = start;
  const { sleepers, sleep } = createSleepers(() => now);

  const settled = async (): Promise<void> => {
    for (let quiet = 0; quiet < QUIET_LOOKS; quiet += 1) {
      await pause(LOOK_MS);
      if (underWay.size > 0) quiet = -1;
    }
  };
  const wakeNext = (): void => {
    const wake = Math.min(...[...sleepers].map((sleeper) => sleeper.wake));
    if (!Number.isFinite(wake)) return;
    now = Math.max(now, wake);
    for (const sleeper of [...sleepers].filter((each) => each.wake <= now)) {
      sleepers.delete(sleeper);
      sleeper.resolve();
    }
  };
  return {
    now: () => now,
    sleep,
    settled,
    run: async (work) => {
      let isOver = false;
      const end = (): void => {
        isOver = true;
      };
      work.then(end, end);
      while (!isOver) {
        await settled();
        if (!isOver) wakeNext();
      }
      return work;
    },
  };
}

/** The requests of this process that have no complete reply yet: those of fetch, and those of node:http. */
function watchRequests(): ReadonlySet<object> {
  const underWay = new Set<object>();
  const requestOf = (message: unknown) => (message as { readonly request: object }).request;
  subscribe("undici:request:create", (message) => void underWay.add(requestOf(message)));
  for (const end of ["undici:request:trailers", "undici:request:error"]) {
    subscribe(end, (message) => void underWay.delete(requestOf(message)));
  }
  subscribe("http.client.request.start", (message) => {
    const request = requestOf(message) as ClientRequest;
    underWay.add(request);
    request.once("close", () => underWay.delete(request));
  });
  return underWay;
}
