// One budget for all the calls that a single request makes to one dependency (design §1.3): whatever it still
// asks, together they end within it. The calls themselves keep their own time-outs.

import type { Clock } from "../telemetry/clock.ts";
import type { SendOutbound } from "./send-outbound.ts";

/** The clock starts with the first call. A call after the end is `lost` at once, and nothing is sent. */
export function limitBudget(send: SendOutbound, clock: Clock, totalMs: number): SendOutbound {
  let endsAt: number | undefined;
  return async (request) => {
    endsAt ??= clock.now() + totalMs;
    const left = endsAt - clock.now();
    if (left <= 0) return { kind: "lost" };
    return send({ ...request, budgetMs: Math.min(request.budgetMs ?? left, left) });
  };
}
