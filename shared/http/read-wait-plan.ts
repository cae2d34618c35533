// The wait of one request, read off its query and its `Prefer` header (design §3.2).

import type { DefaultWait } from "../contracts/route-contract.ts";
import type { WaitPlan } from "../contracts/wait-plan.ts";
import { readPreferences } from "./prefer-header.ts";
import { planWait } from "./wait-plan.ts";

const NO_WAIT: WaitPlan = { mode: "auto", waitMs: 0, preferenceApplied: null };
const MODES = ["auto", "always", "never"] as const;

/** Takes parameters that the schema of the route has already accepted; others count as not given. */
export function readWaitPlan(
  request: { readonly headers: Headers; readonly url: string },
  standard: DefaultWait | undefined,
  capSeconds: number,
): WaitPlan {
  if (standard === undefined) return NO_WAIT;
  const { searchParams } = new URL(request.url);
  const seconds = searchParams.get("wait");
  const wishes = {
    mode: MODES.find((mode) => mode === searchParams.get("async")),
    seconds: seconds === null ? undefined : Number(seconds),
    prefer: readPreferences(request.headers.get("prefer")),
  };
  return planWait(wishes, standard, capSeconds);
}
