// The paths of the simulated tenant: discovery, keys, authorize and token; and the CORS headers that let a
// single-page client read its tokens. Anything else is 404.

import { randomUUID } from "node:crypto";
import type { LoopbackReply, LoopbackRequest } from "../loopback-server.ts";
import { answerAuthorizeRequest } from "./authorize-endpoint.ts";
import { REFUSALS } from "./refusal-catalogue.ts";
import { refusalReply } from "./refusals.ts";
import type { Tenant } from "./tenant.ts";
import { answerTokenRequest } from "./token-endpoint.ts";

type Endpoint = (
  tenant: Tenant,
  request: LoopbackRequest,
) => Promise<LoopbackReply> | LoopbackReply;

const discovery = (tenant: Tenant) => ({
  token_endpoint: `${tenant.authority}/oauth2/v2.0/token`,
  token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
  jwks_uri: `${tenant.authority}/discovery/v2.0/keys`,
  response_modes_supported: ["query", "fragment"],
  subject_types_supported: ["pairwise"],
  id_token_signing_alg_values_supported: ["RS256"],
  response_types_supported: ["code"],
  scopes_supported: ["openid", "profile", "email", "offline_access"],
  issuer: tenant.issuer,
  request_uri_parameter_supported: false,
  authorization_endpoint: `${tenant.authority}/oauth2/v2.0/authorize`,
  code_challenge_methods_supported: ["S256"],
});

const PUBLIC = { "access-control-allow-origin": "*" };

const ENDPOINTS = new Map<string, Endpoint>([
  [
    "GET /v2.0/.well-known/openid-configuration",
    (tenant) => ({ status: 200, headers: PUBLIC, body: discovery(tenant) }),
  ],
  [
    "GET /discovery/v2.0/keys",
    (tenant) => ({ status: 200, headers: PUBLIC, body: tenant.keys.published() }),
  ],
  ["GET /oauth2/v2.0/authorize", answerAuthorizeRequest],
  ["POST /oauth2/v2.0/authorize", answerAuthorizeRequest],
  ["POST /oauth2/v2.0/token", answerTokenRequest],
  ["OPTIONS /oauth2/v2.0/token", () => ({ status: 204 })],
]);

/** Only pages that belong to a registered redirect URI may read what the token endpoint answers. */
function corsHeaders(tenant: Tenant, origin: string | undefined): Readonly<Record<string, string>> {
  const { apps, redirectUris } = tenant.directory;
  const origins = apps
    .flatMap((app) => redirectUris(app.clientId))
    .map((uri) => new URL(uri).origin);
  if (origin === undefined || !origins.includes(origin)) return { vary: "Origin" };
  return {
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "POST, OPTIONS",
    "access-control-allow-headers": "content-type, client-request-id, x-requested-with",
  };
}

export async function answerEntraRequest(
  tenant: Tenant,
  request: LoopbackRequest,
): Promise<LoopbackReply> {
  const [, tenantId = "", ...rest] = request.url.pathname.split("/");
  const path = `/${rest.join("/")}`;
  const endpoint = ENDPOINTS.get(`${request.method} ${path}`);
  if (!endpoint) return { status: 404 };
  if (tenantId !== tenant.tenantId) {
    return refusalReply(REFUSALS.tenant_unknown, randomUUID(), tenant.clock.now());
  }
  const reply = await endpoint(tenant, request);
  if (path !== "/oauth2/v2.0/token") return reply;
  return {
    ...reply,
    headers: { ...corsHeaders(tenant, request.headers.origin), ...reply.headers },
  };
}
