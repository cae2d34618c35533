// Tokens without a sign-in, for the tests and for the curl lines that the stand prints; and the tokens of
// managed identities, which in Azure too come from the tenant. It skips all checks on purpose.

import type { JWTPayload } from "jose";
import type { SimulatedUser } from "../users.ts";
import { rolesAt } from "./client-credentials.ts";
import { EntraRefusal } from "./refusals.ts";
import type { SimulatedIdentity } from "./registration.ts";
import { findResource, type Resource } from "./resources.ts";
import type { Tenant } from "./tenant.ts";

export interface UserTokenRequest {
  readonly user: SimulatedUser;
  /** Default: the first single-page client. */
  readonly clientId?: string;
  /** Client id, App ID URI or URL. Default: the first registered API. */
  readonly resource?: string;
  /** Scopes, separated by spaces. Default: the first one of the API. */
  readonly scope?: string;
  readonly version?: 1 | 2;
  /** Seconds, negative for an expired token. Default 3,600. */
  readonly lifetimeS?: number;
  /** Claims on top; `undefined` takes one away. */
  readonly overrides?: JWTPayload;
}

export interface AppTokenRequest {
  readonly clientId: string;
  /** Default: the roles assigned to this client. */
  readonly roles?: readonly string[];
  readonly resource?: string;
  readonly version?: 1 | 2;
  readonly lifetimeS?: number;
  readonly overrides?: JWTPayload;
}

export interface IssuedToken {
  readonly accessToken: string;
  /** Seconds since the epoch. */
  readonly expiresOn: number;
}

export interface TokenDesk {
  issueUserToken(request: UserTokenRequest): Promise<string>;
  issueAppToken(request: AppTokenRequest): Promise<string>;
  /** An id token of this user for this client; never valid as an access token. */
  issueIdToken(request: { user: SimulatedUser; clientId: string }): Promise<string>;
  /** @returns undefined for a resource that the tenant does not know */
  issueManagedIdentityToken(
    identity: SimulatedIdentity,
    resource: string,
  ): Promise<IssuedToken | undefined>;
}

/** Managed identity tokens live for a day (Microsoft: managed identities FAQ). */
const MANAGED_IDENTITY_LIFETIME_S = 86_400;

function tryFindResource(tenant: Tenant, name: string): Resource | undefined {
  try {
    return findResource(tenant.directory, name);
  } catch (error) {
    if (error instanceof EntraRefusal) return undefined;
    throw error;
  }
}

export function createTokenDesk(tenant: Tenant): TokenDesk {
  const { directory, tokens } = tenant;
  const firstApi = () => directory.apps.find((app) => app.api)?.clientId ?? "";
  const firstPublicClient = () =>
    directory.apps.find((app) => !app.api && app.redirectUris?.length)?.clientId;
  const common = (request: UserTokenRequest | AppTokenRequest) => ({
    resource: findResource(directory, request.resource ?? firstApi()),
    lifetimeS: request.lifetimeS ?? 3600,
    ...(request.version === undefined ? {} : { version: request.version }),
    ...(request.overrides === undefined ? {} : { overrides: request.overrides }),
  });
  return {
    issueUserToken: (request) => {
      const shared = common(request);
      const [scope = ""] = shared.resource.scopes;
      // A user made up by a test is known from now on, so that an exchange of this token finds it.
      directory.addUser(request.user);
      return tokens.user({
        ...shared,
        user: request.user,
        clientId: request.clientId ?? firstPublicClient() ?? firstApi(),
        publicClient: true,
        scopes: (request.scope ?? scope).split(" ").filter((word) => word !== ""),
      });
    },
    issueAppToken: (request) => {
      const shared = common(request);
      const app = directory.app(request.clientId);
      const { clientId } = request;
      return tokens.app({
        ...shared,
        identity: app ?? { clientId, objectId: clientId },
        roles: request.roles ?? (app ? rolesAt(app, shared.resource) : []),
      });
    },
    issueIdToken: (request) => tokens.id({ ...request, lifetimeS: 3600 }),
    issueManagedIdentityToken: async (identity, name) => {
      const resource = tryFindResource(tenant, name);
      if (!resource) return undefined;
      const lifetimeS = MANAGED_IDENTITY_LIFETIME_S;
      const roles = rolesAt(identity, resource);
      const accessToken = await tokens.app({ identity, resource, roles, lifetimeS });
      return { accessToken, expiresOn: Math.floor(tenant.clock.now() / 1000) + lifetimeS };
    },
  };
}
