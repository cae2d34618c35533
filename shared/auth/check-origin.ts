// The pure check of who issued a token and for whom: issuer, version, tenant and audience, each pinned.

import type { JsonObject } from "./json-object.ts";
import { accepted, type Checked, refused } from "./refusal-reason.ts";
import type { TokenPolicy } from "./token-policy.ts";

/** Compares whole strings only: no prefix, no case folding, no URL normalisation an attacker could play with. */
export function checkOrigin(claims: JsonObject, policy: TokenPolicy): Checked<void> {
  const { iss, ver, tid, aud } = claims;
  const { issuerV1, issuerV2, tenantId } = policy.authority;
  if (iss !== issuerV1 && iss !== issuerV2) return refused("issuer_wrong");
  // A v1 token with a v2 issuer (or the reverse) was put together by someone else.
  if (ver !== (iss === issuerV2 ? "2.0" : "1.0")) return refused("version_issuer_mismatch");
  if (tid !== tenantId) return refused("tenant_wrong");
  // RFC 7519 allows an array and JWT libraries accept one that contains us; Entra never emits it.
  if (typeof aud !== "string" || !policy.audiences.has(aud)) return refused("audience_wrong");
  return accepted(undefined);
}
