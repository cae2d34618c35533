// The authorization code grant of a single-page client: one-time code, the same redirect URI, and the PKCE
// verifier (RFC 7636 §4.6), so that a stolen code is worth nothing.

import { createHash } from "node:crypto";
import { identifyPublicClient, requireField } from "./client-authentication.ts";
import type { RefusalName } from "./refusal-catalogue.ts";
import { EntraRefusal } from "./refusals.ts";
import type { SignIn, Tenant } from "./tenant.ts";
import { admitUser } from "./user-conditions.ts";
import { issueUserTokens } from "./user-tokens.ts";

const NOT_FOUND = {
  unknown: "code_unknown",
  expired: "code_expired",
  redeemed: "code_reused",
} as const satisfies Record<string, RefusalName>;

/** The sign-in behind the code, which is spent whatever comes next. */
function redeemCode(tenant: Tenant, code: string): SignIn {
  const looked = tenant.codes.redeem(code);
  if (looked.kind !== "found") throw new EntraRefusal(NOT_FOUND[looked.kind]);
  return looked.value;
}

/** @throws EntraRefusal */
export async function authorizationCode(tenant: Tenant, form: URLSearchParams, origin?: string) {
  const client = identifyPublicClient(tenant, form, origin);
  const signIn = redeemCode(tenant, requireField(form, "code"));
  if (signIn.clientId !== client.clientId) throw new EntraRefusal("code_of_other_client");
  if (signIn.redirectUri !== form.get("redirect_uri")) throw new EntraRefusal("redirect_mismatch");
  const challenge = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (challenge !== signIn.codeChallenge) throw new EntraRefusal("verifier_wrong");
  const { secondFactor, scope, nonce } = signIn;
  return issueUserTokens(tenant, {
    user: admitUser(tenant, signIn.userObjectId, secondFactor),
    clientId: client.clientId,
    publicClient: true,
    scope,
    secondFactor,
    ...(nonce === undefined ? {} : { nonce }),
  });
}
