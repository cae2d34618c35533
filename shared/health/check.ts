// One readiness check: run a probe, wait for it no longer than allowed, and say how it went in a fixed phrase.
// Whatever the probe throws stays unread: its message could name a host, an id or a value (design §3.8).

import type { Clock } from "../telemetry/clock.ts";
import { waitAtMost } from "../telemetry/wait-at-most.ts";

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
  const failed: CheckResult = { status: "failed", detail: onError };
  const outcome = Promise.resolve()
    .then(probe)
    .catch(() => failed);
  return (await waitAtMost(clock, CHECK_TIMEOUT_MS, outcome)) ?? TIMED_OUT;
}
