// The refresh token grant. A refresh token belongs to one client and one user; like Entra's it may be used
// again until it expires, and each answer carries a new one.

import { authenticateClient, identifyPublicClient, requireField } from "./client-authentication.ts";
import { EntraRefusal } from "./refusals.ts";
import type { Tenant } from "./tenant.ts";
import { admitUser } from "./user-conditions.ts";
import { issueUserTokens } from "./user-tokens.ts";

/** @throws EntraRefusal */
export async function refreshToken(tenant: Tenant, form: URLSearchParams, origin?: string) {
  const looked = tenant.refreshTokens.read(requireField(form, "refresh_token"));
  if (looked.kind !== "found") {
    throw new EntraRefusal(looked.kind === "expired" ? "code_expired" : "code_unknown");
  }
  const { publicClient, clientId, userObjectId, scope, secondFactor } = looked.value;
  const client = publicClient
    ? identifyPublicClient(tenant, form, origin)
    : await authenticateClient(tenant, form);
  if (client.clientId !== clientId) throw new EntraRefusal("code_of_other_client");
  return issueUserTokens(tenant, {
    user: admitUser(tenant, userObjectId, secondFactor),
    clientId,
    publicClient,
    scope: form.get("scope") ?? scope,
    secondFactor,
  });
}
