// All checks of a claims set whose signature was verified, in the order of design §3.1: cheap and absolute ones
// first, 401 before 403. Pure: claims, policy and time in, identity or reason out.

import { type AcceptedKind, checkCallerKind } from "./check-caller-kind.ts";
import { checkLifetime } from "./check-lifetime.ts";
import { checkOrigin } from "./check-origin.ts";
import type { JsonObject } from "./json-object.ts";
import { accepted, type Checked, refused } from "./refusal-reason.ts";
import type { TokenPolicy } from "./token-policy.ts";

/** What a good token establishes. */
export interface TokenIdentity {
  readonly kind: "user" | "app";
  readonly tenantId: string;
  readonly objectId: string;
  readonly clientId: string;
}

export interface ClaimsContext {
  readonly accepts: AcceptedKind;
  readonly policy: TokenPolicy;
  /** Seconds since the epoch. */
  readonly nowSeconds: number;
}

// Entra's ids are GUIDs. They become part of owner keys, so nothing that could end or split a key gets through.
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function checkClaims(claims: JsonObject, context: ClaimsContext): Checked<TokenIdentity> {
  const { accepts, policy, nowSeconds } = context;
  const lifetime = checkLifetime(claims, nowSeconds);
  if (!lifetime.ok) return lifetime;
  const origin = checkOrigin(claims, policy);
  if (!origin.ok) return origin;
  const objectId = claims.oid;
  if (!isId(objectId))
    return refused(objectId === undefined ? "claim_missing" : "claim_type_wrong");
  const kind = checkCallerKind(claims, accepts, policy);
  if (!kind.ok) return kind;
  const client = checkClient(claims, policy);
  if (!client.ok) return client;
  const { tenantId } = policy.authority;
  return accepted({ kind: kind.value, tenantId, objectId, clientId: client.value });
}

/** v1 tokens name the client in `appid`, v2 tokens in `azp`; one that has both must not contradict itself. */
function checkClient(claims: JsonObject, policy: TokenPolicy): Checked<string> {
  const { azp, appid = azp } = claims;
  const client = azp ?? appid;
  if (client === undefined) return refused("claim_missing");
  if (!isId(client)) return refused("claim_type_wrong");
  if (client !== appid) return refused("client_ambiguous");
  const allowed = policy.allowedClientIds?.has(client.toLowerCase()) ?? true;
  return allowed ? accepted(client) : refused("client_not_allowed");
}

function isId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}
