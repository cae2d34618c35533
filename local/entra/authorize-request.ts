// Checks the parameters of an authorization request in the order that matters: until client and redirect URI
// are known good, no redirect leaves (RFC 6749 §4.1.2.1, open redirector).

import { EntraRefusal } from "./refusals.ts";
import { readScope } from "./resources.ts";
import type { Tenant } from "./tenant.ts";

export interface RedirectTarget {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly responseMode: "query" | "fragment";
  readonly state: string | null;
}

export interface AuthorizeRequest {
  readonly codeChallenge: string;
  readonly scope: string;
  readonly nonce: string | null;
  readonly secondFactor: boolean;
}

/** @throws EntraRefusal that is shown as a page: 700016, 50011 */
export function readRedirectTarget(tenant: Tenant, parameters: URLSearchParams): RedirectTarget {
  const client = tenant.directory.app(parameters.get("client_id"));
  if (!client) throw new EntraRefusal("client_unknown");
  const redirectUri = parameters.get("redirect_uri") ?? "";
  const known = tenant.directory.redirectUris(client.clientId).includes(redirectUri);
  if (!known) throw new EntraRefusal("redirect_unknown");
  const responseMode = parameters.get("response_mode") === "fragment" ? "fragment" : "query";
  return { clientId: client.clientId, redirectUri, responseMode, state: parameters.get("state") };
}

/** Whether the request carries a claims challenge, so that the user must give a second factor. */
function asksForSecondFactor(claims: string | null): boolean {
  return claims?.includes('"capolids"') ?? false;
}

/** @throws EntraRefusal that travels to the redirect URI */
export function readAuthorizeRequest(
  tenant: Tenant,
  parameters: URLSearchParams,
): AuthorizeRequest {
  if (parameters.get("response_type") !== "code") throw new EntraRefusal("response_type");
  const mode = parameters.get("response_mode") ?? "query";
  if (mode !== "query" && mode !== "fragment") throw new EntraRefusal("response_mode");
  const codeChallenge = parameters.get("code_challenge");
  if (codeChallenge === null) throw new EntraRefusal("pkce_missing");
  const wellFormed = /^[\w-]{43}$/.test(codeChallenge);
  if (!wellFormed || parameters.get("code_challenge_method") !== "S256") {
    throw new EntraRefusal("pkce_malformed");
  }
  const scope = parameters.get("scope") ?? "";
  readScope(tenant.directory, scope);
  if (parameters.get("prompt") === "none") throw new EntraRefusal("sign_in_needed");
  const secondFactor = asksForSecondFactor(parameters.get("claims"));
  return { codeChallenge, scope, nonce: parameters.get("nonce"), secondFactor };
}
