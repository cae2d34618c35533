// The successful answer of every grant that yields tokens of a user: access token, and id token, refresh
// token and client_info where they were asked for.

import type { SimulatedUser } from "../users.ts";
import { readScope } from "./resources.ts";
import type { Tenant } from "./tenant.ts";

export interface UserGrant {
  readonly user: SimulatedUser;
  readonly clientId: string;
  readonly publicClient: boolean;
  readonly scope: string | null;
  readonly secondFactor: boolean;
  readonly nonce?: string;
}

/** Without it msal files all users under one account, and they evict each other (measured, 7.2.1). */
const clientInfo = (uid: string, utid: string) =>
  Buffer.from(JSON.stringify({ uid, utid })).toString("base64url");

/** @throws EntraRefusal for a scope that cannot be granted */
export async function issueUserTokens(
  tenant: Tenant,
  grant: UserGrant,
): Promise<Record<string, unknown>> {
  const { user, clientId, publicClient, secondFactor, nonce } = grant;
  const { resource, names, text, identifier, isDefault, oidc } = readScope(
    tenant.directory,
    grant.scope,
  );
  const lifetimeS = tenant.lifetimes.accessTokenS;
  const granted = isDefault
    ? [...names.map((name) => `${identifier}/${name}`), text].join(" ")
    : text;
  const accessToken = await tenant.tokens.user({
    user,
    clientId,
    publicClient,
    resource,
    scopes: names,
    lifetimeS,
    amr: secondFactor ? ["pwd", "mfa"] : ["pwd"],
  });
  const wantsId = oidc.has("openid");
  return {
    token_type: "Bearer",
    scope: granted,
    expires_in: lifetimeS,
    ext_expires_in: lifetimeS,
    access_token: accessToken,
    ...(oidc.has("offline_access") && {
      refresh_token: tenant.refreshTokens.issue({
        userObjectId: user.objectId,
        clientId,
        publicClient,
        scope: grant.scope,
        secondFactor,
      }),
    }),
    ...(wantsId && {
      id_token: await tenant.tokens.id({
        user,
        clientId,
        lifetimeS,
        ...(nonce === undefined ? {} : { nonce }),
      }),
    }),
    client_info: clientInfo(user.objectId, tenant.tenantId),
  };
}
