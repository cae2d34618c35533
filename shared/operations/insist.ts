// Repeats a storage write that must not get lost, through an outage of the storage. For writes only that may be
// repeated safely; it never repeats anything that asks Genie.

import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../telemetry/clock.ts";

const LIMIT_MS = 60_000;
const PAUSE_MS = 1_000;

/** @throws what `work` throws when it is not an outage of the storage, or lasts longer than 60 s. */
export async function insist<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const until = clock.now() + LIMIT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isOutage = error instanceof AppError && error.failure.code === "storage_unavailable";
      if (!isOutage || clock.now() + PAUSE_MS > until) throw error;
    }
    await clock.sleep(PAUSE_MS);
  }
}
