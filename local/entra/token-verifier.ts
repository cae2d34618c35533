// Checks a token as a resource of the tenant does: signature, time, issuer, audience, kind. The simulated
// vault and workspace ask it, so that a token for another resource opens nothing there either.

import type { JWTPayload } from "jose";
import type { Clock } from "../../shared/telemetry/clock.ts";
import type { SigningKeys } from "./signing-keys.ts";

export type VerifiedToken =
  | { readonly kind: "user"; readonly objectId: string; readonly clientId: string }
  | { readonly kind: "app"; readonly clientId: string; readonly objectId: string }
  | { readonly kind: "invalid"; readonly reason: string };

export type VerifyToken = (token: string, audiences: readonly string[]) => Promise<VerifiedToken>;

const invalid = (reason: string) => ({ kind: "invalid", reason }) as const;

/** Whether user or application, by `scp` (delegated tokens have it, app-only tokens never). */
function classify(claims: JWTPayload): VerifiedToken {
  const { oid, azp, appid, scp } = claims;
  const clientId = azp ?? appid;
  if (typeof oid !== "string" || typeof clientId !== "string") return invalid("no oid or client");
  return typeof scp === "string" && scp !== ""
    ? { kind: "user", objectId: oid, clientId }
    : { kind: "app", clientId, objectId: oid };
}

/** Which claim is wrong, if any. */
function findFault(claims: JWTPayload, issuers: readonly string[], audiences: readonly string[]) {
  if (typeof claims.iss !== "string" || !issuers.includes(claims.iss)) return "issuer";
  if (typeof claims.aud !== "string" || !audiences.includes(claims.aud)) return "audience";
  return claims.exp === undefined ? "no expiry" : undefined;
}

export function createTokenVerifier(deps: {
  readonly keys: SigningKeys;
  readonly clock: Clock;
  readonly tenantId: string;
  readonly issuer: string;
}): VerifyToken {
  const issuers = [deps.issuer, `https://sts.windows.net/${deps.tenantId}/`];
  return async (token, audiences) => {
    try {
      const claims = await deps.keys.verify(token, deps.clock.now());
      const fault = findFault(claims, issuers, audiences);
      return fault === undefined ? classify(claims) : invalid(fault);
    } catch (error) {
      return invalid(error instanceof Error ? error.name : "unreadable");
    }
  };
}
