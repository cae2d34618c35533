// A simulated Entra tenant over https: real signatures, real checks of secrets, assertions, audiences and PKCE,
// and Entra's own refusals. For the local stand and the tests; the product only ever sees its address.

import type { JWTHeaderParameters, JWTPayload } from "jose";
import { type Clock, systemClock } from "../../shared/telemetry/clock.ts";
import type { Fault } from "../loopback-faults.ts";
import {
  type LoggedRequest,
  type LoopbackReply,
  type LoopbackRequest,
  startLoopbackServer,
} from "../loopback-server.ts";
import type { SimulatedUser } from "../users.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { answerEntraRequest } from "./endpoints.ts";
import { createOpaqueGrants } from "./opaque-grants.ts";
import type { SimulatedApp } from "./registration.ts";
import { DATABRICKS_RESOURCE_ID, STORAGE_RESOURCE, VAULT_RESOURCE } from "./resources.ts";
import { createSigningKeys, type SigningKeys } from "./signing-keys.ts";
import type { Tenant } from "./tenant.ts";
import { createTokenDesk, type TokenDesk } from "./token-desk.ts";
import type { GrantName } from "./token-endpoint.ts";
import { createTokenIssuer } from "./token-issuer.ts";
import { createTokenVerifier, type VerifiedToken } from "./token-verifier.ts";

export interface EntraOptions {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly tenantId: string;
  readonly users: readonly SimulatedUser[];
  readonly apps: readonly SimulatedApp[];
  readonly port?: number;
  readonly clock?: Clock;
}

export interface EntraSimulator
  extends TokenDesk,
    Pick<
      Directory,
      "addSecret" | "removeSecret" | "expireSecret" | "setCondition" | "addRedirectUri"
    > {
  /** `AUTHORITY_HOST`. */
  readonly url: string;
  readonly tenantId: string;
  /** `{url}/{tenantId}`. */
  readonly authority: string;
  /** Issuer of v2 tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
  readonly requests: readonly LoggedRequest[];
  /** Token requests so far, of one grant or of all known grants. */
  countGrants(grant?: GrantName): number;
  /** Requests so far whose path contains this. */
  countRequests(path: string): number;
  /** Orders a fault; without a body an error status carries Entra's 90033 (temporarily unavailable). */
  injectFault(fault: Fault): void;
  clearFaults(): void;
  rotateKeys: SigningKeys["rotate"];
  /** Signs any claims with the active key. */
  sign(header: Partial<JWTHeaderParameters>, claims: JWTPayload): Promise<string>;
  /** Lifetime in seconds of access tokens from now on (default 3,600), and `refresh_in` of app tokens. */
  setLifetimes(lifetimes: { accessTokenS?: number; refreshInS?: number }): void;
  /** As the workspace checks a token. */
  verifyDatabricksToken(token: string): Promise<VerifiedToken>;
  /** As the vault checks a token. */
  verifyVaultToken(token: string): Promise<VerifiedToken>;
  verifyStorageToken(token: string): Promise<VerifiedToken>;
  close(): Promise<void>;
}

const CODE_LIFETIME_MS = 10 * 60_000;
const REFRESH_LIFETIME_MS = 24 * 3_600_000;

const UNAVAILABLE = {
  error: "temporarily_unavailable",
  error_description: "AADSTS90033: A transient error has occurred. Please try again.",
  error_codes: [90033],
};

async function createTenant(options: EntraOptions, url: string, clock: Clock): Promise<Tenant> {
  const { tenantId } = options;
  const issuer = `${url}/${tenantId}/v2.0`;
  const keys = await createSigningKeys(issuer);
  return {
    tenantId,
    authority: `${url}/${tenantId}`,
    issuer,
    clock,
    keys,
    directory: createDirectory({ users: options.users, apps: options.apps, clock }),
    tokens: createTokenIssuer({ keys, clock, tenantId, issuer }),
    codes: createOpaqueGrants(clock, CODE_LIFETIME_MS),
    refreshTokens: createOpaqueGrants(clock, REFRESH_LIFETIME_MS),
    lifetimes: { accessTokenS: 3600, refreshInS: undefined },
  };
}

/** @throws the listen error when the port is taken */
export async function startEntraSimulator(options: EntraOptions): Promise<EntraSimulator> {
  let answer = (_request: LoopbackRequest): Promise<LoopbackReply> | LoopbackReply => ({
    status: 503,
  });
  const server = await startLoopbackServer({
    tls: options.tls,
    port: options.port ?? 0,
    handle: (request) => answer(request),
  });
  const clock = options.clock ?? systemClock;
  const tenant = await createTenant(options, server.url, clock);
  answer = (request) => answerEntraRequest(tenant, request);
  const verify = createTokenVerifier(tenant);
  const { directory, keys, lifetimes } = tenant;
  return {
    ...createTokenDesk(tenant),
    addSecret: directory.addSecret,
    removeSecret: directory.removeSecret,
    expireSecret: directory.expireSecret,
    setCondition: directory.setCondition,
    addRedirectUri: directory.addRedirectUri,
    url: server.url,
    tenantId: tenant.tenantId,
    authority: tenant.authority,
    issuer: tenant.issuer,
    jwksUri: `${tenant.authority}/discovery/v2.0/keys`,
    requests: server.requests,
    countGrants: (grant) =>
      server.requests.filter(({ label }) => (grant ? label === grant : label !== undefined)).length,
    countRequests: (path) =>
      server.requests.filter((request) => request.path.includes(path)).length,
    injectFault: (fault) => server.injectFault({ body: UNAVAILABLE, ...fault }),
    clearFaults: server.clearFaults,
    rotateKeys: keys.rotate,
    sign: keys.sign,
    setLifetimes: (changed) => {
      if (changed.accessTokenS !== undefined) lifetimes.accessTokenS = changed.accessTokenS;
      if (changed.refreshInS !== undefined) lifetimes.refreshInS = changed.refreshInS;
    },
    verifyDatabricksToken: (token) => verify(token, [DATABRICKS_RESOURCE_ID]),
    verifyVaultToken: (token) => verify(token, [VAULT_RESOURCE]),
    verifyStorageToken: (token) => verify(token, [STORAGE_RESOURCE]),
    close: server.close,
  };
}
