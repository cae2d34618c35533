// The client credentials grant: an application gets a token of its own, with the app roles assigned to it.

import { authenticateClient } from "./client-authentication.ts";
import { EntraRefusal } from "./refusals.ts";
import type { SimulatedIdentity } from "./registration.ts";
import { type Resource, readScope } from "./resources.ts";
import type { Tenant } from "./tenant.ts";

/** App roles this client holds at the resource. */
export function rolesAt(client: SimulatedIdentity, resource: Resource): readonly string[] {
  return resource.app ? (client.assignedRoles?.[resource.app.clientId] ?? []) : [];
}

/** @throws EntraRefusal */
export async function clientCredentials(tenant: Tenant, form: URLSearchParams) {
  const client = await authenticateClient(tenant, form);
  const { resource, isDefault } = readScope(tenant.directory, form.get("scope"));
  if (!isDefault) throw new EntraRefusal("scope_not_default");
  const { accessTokenS: lifetimeS, refreshInS } = tenant.lifetimes;
  return {
    token_type: "Bearer",
    expires_in: lifetimeS,
    ext_expires_in: lifetimeS,
    ...(refreshInS === undefined ? {} : { refresh_in: refreshInS }),
    access_token: await tenant.tokens.app({
      identity: client,
      resource,
      roles: rolesAt(client, resource),
      lifetimeS,
    }),
  };
}
