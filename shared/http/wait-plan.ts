// How long a request waits: query parameters first, then `Prefer`, then the route's default (design §3.2).
// Pure: it gets parsed values and gives a plan.

import type { DefaultWait } from "../contracts/route-contract.ts";
import type { WaitPlan } from "../contracts/wait-plan.ts";
import type { Preferences } from "./prefer-header.ts";

export interface WaitWishes {
  /** Query parameter `async`. */
  readonly mode: WaitPlan["mode"] | undefined;
  /** Query parameter `wait`, in seconds. */
  readonly seconds: number | undefined;
  readonly prefer: Preferences;
}

/** `capSeconds` is `GENIE__MAX_WAIT_SECONDS`; a longer wish is cut to it, never refused. */
export function planWait(wishes: WaitWishes, standard: DefaultWait, capSeconds: number): WaitPlan {
  const { prefer } = wishes;
  const mode = wishes.mode ?? asyncMode(wishes);
  const capped = (seconds: number) => Math.min(seconds, capSeconds);
  if (mode === "always") {
    const preferenceApplied = wishes.mode === undefined ? "respond-async" : null;
    return { mode, waitMs: 0, preferenceApplied };
  }
  const applied: string[] = [];
  if (wishes.mode === undefined && prefer.respondAsync) applied.push("respond-async");
  if (wishes.seconds === undefined && prefer.waitSeconds !== undefined) {
    applied.push(`wait=${capped(prefer.waitSeconds)}`);
  }
  const seconds = wishes.seconds ?? prefer.waitSeconds ?? standard[mode];
  return {
    mode,
    waitMs: capped(seconds) * 1_000,
    preferenceApplied: applied.join(", ") || null,
  };
}

/** `respond-async` alone answers at once; with a wait it is a wait that ends in 202. */
function asyncMode({ seconds, prefer }: WaitWishes): "auto" | "always" {
  const noWait = seconds === undefined && prefer.waitSeconds === undefined;
  return prefer.respondAsync && noWait ? "always" : "auto";
}
