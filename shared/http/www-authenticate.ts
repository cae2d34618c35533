// The challenge of a 401 (RFC 6750 §3, and Entra's claims challenge for step-up sign-in).

import type { Failure } from "../errors/app-error.ts";

/**
 * Without a token in the request there is no `error` parameter (RFC 6750 §3.1: the client may not even
 * know that authentication is needed). Claims travel base64-encoded, so no quoting is needed.
 */
export function challengeFor(failure: Failure, tokenWasSent: boolean): string {
  const parts = ['Bearer realm="genie-gateway"'];
  if (tokenWasSent) parts.push(`error="${failure.code}"`);
  if (failure.claims !== undefined) {
    parts.push(`claims="${Buffer.from(failure.claims, "utf8").toString("base64")}"`);
  }
  return parts.join(", ");
}
