// The on-behalf-of grant: our API shows a user's access token and gets one for another resource. Accepts only
// access tokens of users that were issued for the calling API itself.

import { errors, type JWTPayload } from "jose";
import { authenticateClient, requireField } from "./client-authentication.ts";
import { EntraRefusal } from "./refusals.ts";
import type { SimulatedApp } from "./registration.ts";
import type { Tenant } from "./tenant.ts";
import { admitUser } from "./user-conditions.ts";
import { issueUserTokens } from "./user-tokens.ts";

async function verifyAssertion(tenant: Tenant, assertion: string): Promise<JWTPayload> {
  try {
    return await tenant.keys.verify(assertion, tenant.clock.now());
  } catch (error) {
    const expired = error instanceof errors.JWTExpired;
    throw new EntraRefusal(expired ? "assertion_expired" : "assertion_bad", { cause: error });
  }
}

/** @throws EntraRefusal 50013, 500131, 7000114, 240002 */
function checkAssertion(tenant: Tenant, client: SimulatedApp, claims: JWTPayload): void {
  if (claims.tid !== tenant.tenantId) throw new EntraRefusal("assertion_bad");
  const ours = claims.aud === client.clientId || claims.aud === client.api?.appIdUri;
  if (!ours) throw new EntraRefusal("assertion_audience");
  if (typeof claims.scp === "string") return;
  // Only of an application are `sub` and `oid` the same; a user's id token has neither that nor a scope.
  const appOnly = claims.idtyp === "app" || claims.sub === claims.oid;
  throw new EntraRefusal(appOnly ? "assertion_app_only" : "assertion_id_token");
}

/** @throws EntraRefusal */
export async function onBehalfOf(tenant: Tenant, form: URLSearchParams) {
  const client = await authenticateClient(tenant, form);
  if (form.get("requested_token_use") !== "on_behalf_of") throw new EntraRefusal("field_missing");
  const claims = await verifyAssertion(tenant, requireField(form, "assertion"));
  checkAssertion(tenant, client, claims);
  const secondFactor = Array.isArray(claims.amr) && claims.amr.includes("mfa");
  return issueUserTokens(tenant, {
    user: admitUser(tenant, claims.oid, secondFactor),
    clientId: client.clientId,
    publicClient: false,
    scope: form.get("scope"),
    secondFactor,
  });
}
