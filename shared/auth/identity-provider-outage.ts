// The one failure for "Entra does not answer": always 503, never 401, because a client that is told 401 sends
// its user through sign-in again and again. It tells nothing about what happened upstream.

import type { Failure } from "../errors/app-error.ts";

const DEFAULT_RETRY_SECONDS = 5;
const LONGEST_RETRY_SECONDS = 300;

/** @param retryAfterMs what Entra or the circuit asked for, when known */
export function identityProviderOutage(retryAfterMs?: number): Failure {
  const seconds = Math.ceil((retryAfterMs ?? 0) / 1000) || DEFAULT_RETRY_SECONDS;
  return {
    code: "identity_provider_unavailable",
    detail: "Microsoft Entra did not answer in time.",
    remedy: "Try again shortly. If it lasts, see the Azure status page for Microsoft Entra ID.",
    retryAfterSeconds: Math.min(seconds, LONGEST_RETRY_SECONDS),
  };
}
