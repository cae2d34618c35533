// The token endpoint that App Service gives a function app with a managed identity (IDENTITY_ENDPOINT, api
// version 2019-08-01). Plain http on the loopback address, as in Azure; it opens only to IDENTITY_HEADER.

import { randomUUID } from "node:crypto";
import type { SimulatedIdentity } from "../entra/registration.ts";
import type { IssuedToken } from "../entra/token-desk.ts";
import type { Fault } from "../loopback-faults.ts";
import {
  type LoggedRequest,
  type LoopbackReply,
  type LoopbackRequest,
  startLoopbackServer,
} from "../loopback-server.ts";

export interface ManagedIdentityOptions {
  /** The identities assigned to the app; without `client_id` a request means the first. */
  readonly identities: readonly SimulatedIdentity[];
  /** The tenant's token for this identity, undefined for an unknown resource. */
  readonly issueToken: (
    identity: SimulatedIdentity,
    resource: string,
  ) => Promise<IssuedToken | undefined>;
  readonly port?: number;
}

export interface ManagedIdentitySimulator {
  readonly url: string;
  /** What the platform puts into the process that may use the identity. */
  readonly environment: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  readonly requests: readonly LoggedRequest[];
  injectFault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

const TOKEN_PATH = "/msi/token";

const refuse = (status: number, message: string): LoopbackReply => ({
  status,
  body: { statusCode: status, message, correlationId: randomUUID() },
});

async function answerTokenRequest(
  options: ManagedIdentityOptions,
  header: string,
  { method, url, headers }: LoopbackRequest,
): Promise<LoopbackReply> {
  if (method !== "GET" || url.pathname !== TOKEN_PATH) return refuse(404, "Not found.");
  if (headers["x-identity-header"] !== header)
    return refuse(401, "The identity header is not valid.");
  const query = url.searchParams;
  if (query.get("api-version") !== "2019-08-01")
    return refuse(400, "The api-version is not supported.");
  const clientId = query.get("client_id");
  const identity = options.identities.find(
    (known) => clientId === null || known.clientId === clientId,
  );
  if (!identity) return refuse(400, "Unable to load the proper Managed Identity.");
  const resource = query.get("resource") ?? "";
  const token = await options.issueToken(identity, resource);
  if (!token) return refuse(400, "The resource is not known in the tenant.");
  return {
    status: 200,
    headers: { "cache-control": "no-store" },
    body: {
      access_token: token.accessToken,
      // A string, as App Service sends it.
      expires_on: String(token.expiresOn),
      resource,
      token_type: "Bearer",
      client_id: identity.clientId,
    },
  };
}

/** @throws the listen error when the port is taken */
export async function startManagedIdentitySimulator(
  options: ManagedIdentityOptions,
): Promise<ManagedIdentitySimulator> {
  const header = randomUUID();
  const server = await startLoopbackServer({
    port: options.port ?? 0,
    handle: (request) => answerTokenRequest(options, header, request),
  });
  return {
    url: server.url,
    environment: { IDENTITY_ENDPOINT: `${server.url}${TOKEN_PATH}`, IDENTITY_HEADER: header },
    requests: server.requests,
    injectFault: server.injectFault,
    clearFaults: server.clearFaults,
    close: server.close,
  };
}
