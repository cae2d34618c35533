// The token of an action, as its `authentication` says: of the workflow's managed identity, or of an application with
// a secret. Both come from the simulated tenant by the protocol, none is made up.

import type { Authentication } from "./workflow-definition.ts";

/** What the platform knows of the workflow's own identity, as in a process that runs with one. */
export interface ManagedIdentity {
  readonly IDENTITY_ENDPOINT: string;
  readonly IDENTITY_HEADER: string;
}

/** @throws Error with the status when the token is refused: the action cannot start */
export async function tokenFor(
  authentication: Authentication,
  identity: ManagedIdentity,
): Promise<string> {
  const reply =
    authentication.type === "ManagedServiceIdentity"
      ? await askIdentity(authentication.audience, identity)
      : await askEntra(authentication);
  if (!reply.ok) throw new Error(`${authentication.type}: no token, ${reply.status}`);
  const body: unknown = await reply.json();
  if (typeof body === "object" && body !== null && "access_token" in body) {
    return String(body.access_token);
  }
  throw new Error(`${authentication.type}: a reply without token`);
}

function askIdentity(audience: string, identity: ManagedIdentity): Promise<Response> {
  const query = new URLSearchParams({ "api-version": "2019-08-01", resource: audience });
  return fetch(`${identity.IDENTITY_ENDPOINT}?${query}`, {
    headers: { "x-identity-header": identity.IDENTITY_HEADER },
  });
}

type AppAuthentication = Extract<Authentication, { type: "ActiveDirectoryOAuth" }>;

function askEntra(app: AppAuthentication): Promise<Response> {
  const authority = app.authority ?? "https://login.microsoftonline.com";
  return fetch(`${authority}/${app.tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: app.clientId,
      client_secret: app.secret,
      scope: `${app.audience}/.default`,
    }),
  });
}
