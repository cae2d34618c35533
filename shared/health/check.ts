// One readiness check: run a probe, wait for it no longer than allowed, and say how it went in a fixed phrase.
// Whatever the probe throws stays unread: its message could name a host, an id or a value (design §3.8).

import type { Clock } from "../telemetry/clock.ts";

export interface CheckResult {
  readonly status: "ok" | "degraded" | "failed" | "skipped";
  /** One of our fixed phrases, at most with names of settings. */
  readonly detail?: string;
}

const CHECK_TIMEOUT_MS = 8_000;
const TIMED_OUT: CheckResult = { status: "failed", detail: "There was no answer in time." };

/** Never rejects: a probe that throws is `failed` with `onError`, one that is late is `failed` too. */
export async function runCheck(
  clock: Clock,
  probe: () => Promise<CheckResult>,
  onError: string,
): Promise<CheckResult> {
  const timer = new AbortController();
  const failed: CheckResult = { status: "failed", detail: onError };
  const outcome = Promise.resolve()
    .then(probe)
    .catch(() => failed);
  const timeout = clock.sleep(CHECK_TIMEOUT_MS, timer.signal).then(
    () => TIMED_OUT,
    () => TIMED_OUT, // aborted below, after the race is won
  );
  try {
    return await Promise.race([outcome, timeout]);
  } finally {
    timer.abort();
  }
}
