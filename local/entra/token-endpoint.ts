// POST {authority}/oauth2/v2.0/token: picks the grant and shapes success and refusal as Entra does. The label
// it gives to the request log is the grant's short name; no field of the form is ever logged.

import { randomUUID } from "node:crypto";
import type { LoopbackReply, LoopbackRequest } from "../loopback-server.ts";
import { authorizationCode } from "./authorization-code.ts";
import { clientCredentials } from "./client-credentials.ts";
import { onBehalfOf } from "./on-behalf-of.ts";
import { refreshToken } from "./refresh-token.ts";
import { EntraRefusal, refusalReply } from "./refusals.ts";
import type { Tenant } from "./tenant.ts";

export type GrantName =
  | "on-behalf-of"
  | "client-credentials"
  | "authorization-code"
  | "refresh-token";

type Grant = (
  tenant: Tenant,
  form: URLSearchParams,
  origin?: string,
) => Promise<Record<string, unknown>>;

const GRANTS = new Map<string, { name: GrantName; run: Grant }>([
  ["urn:ietf:params:oauth:grant-type:jwt-bearer", { name: "on-behalf-of", run: onBehalfOf }],
  ["client_credentials", { name: "client-credentials", run: clientCredentials }],
  ["authorization_code", { name: "authorization-code", run: authorizationCode }],
  ["refresh_token", { name: "refresh-token", run: refreshToken }],
]);

const NO_STORE = { "cache-control": "no-store, no-cache", pragma: "no-cache" };

export async function answerTokenRequest(
  tenant: Tenant,
  request: LoopbackRequest,
): Promise<LoopbackReply> {
  const form = new URLSearchParams(request.text);
  const grant = GRANTS.get(form.get("grant_type") ?? "");
  const label = grant ? { label: grant.name } : {};
  const sentId = request.headers["client-request-id"];
  const correlationId = typeof sentId === "string" ? sentId : randomUUID();
  try {
    if (!grant) throw new EntraRefusal("grant_unsupported");
    const body = await grant.run(tenant, form, request.headers.origin);
    return { status: 200, headers: NO_STORE, body, ...label };
  } catch (error) {
    if (!(error instanceof EntraRefusal)) throw error;
    const reply = refusalReply(error.refusal, correlationId, tenant.clock.now());
    return { ...reply, headers: NO_STORE, ...label };
  }
}
