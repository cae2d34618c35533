// Makes the tokens of the simulated tenant with the claims that Entra's v1 and v2 tokens carry (Microsoft:
// access token claims reference). It signs what it is told; whether a token may be issued is decided before.

import { createHash, randomBytes } from "node:crypto";
import type { JWTPayload } from "jose";
import type { Clock } from "../../shared/telemetry/clock.ts";
import type { SimulatedUser } from "../users.ts";
import type { SimulatedIdentity } from "./registration.ts";
import type { Resource } from "./resources.ts";
import type { SigningKeys } from "./signing-keys.ts";

interface TokenCommon {
  readonly resource: Resource;
  /** Default: what the resource asks for in its manifest. */
  readonly version?: 1 | 2;
  /** Seconds; negative makes an expired token. */
  readonly lifetimeS: number;
  /** Claims on top; `undefined` takes one away. */
  readonly overrides?: JWTPayload;
}

export interface UserTokenOptions extends TokenCommon {
  readonly user: SimulatedUser;
  readonly clientId: string;
  /** A client without a secret: `azpacr` 0 instead of 1. */
  readonly publicClient: boolean;
  readonly scopes: readonly string[];
  /** How the user signed in, for example `["pwd", "mfa"]`. */
  readonly amr?: readonly string[];
}

export interface AppTokenOptions extends TokenCommon {
  readonly identity: SimulatedIdentity;
  readonly roles: readonly string[];
}

export interface IdTokenOptions {
  readonly user: SimulatedUser;
  readonly clientId: string;
  readonly nonce?: string;
  readonly lifetimeS: number;
}

export interface TokenIssuer {
  user(options: UserTokenOptions): Promise<string>;
  app(options: AppTokenOptions): Promise<string>;
  id(options: IdTokenOptions): Promise<string>;
}

/** `sub` is pairwise: another one for each application that a user meets. */
const pairwise = (user: SimulatedUser, audience: string) =>
  createHash("sha256").update(`${user.objectId} ${audience}`).digest("base64url");

function audienceOf(resource: Resource, version: 1 | 2): string {
  const { app } = resource;
  if (!app?.api) return resource.audience;
  return version === 2 ? app.clientId : app.api.appIdUri;
}

export function createTokenIssuer(deps: {
  readonly keys: SigningKeys;
  readonly clock: Clock;
  readonly tenantId: string;
  /** Issuer of v2 tokens. */
  readonly issuer: string;
}): TokenIssuer {
  const frame = (version: 1 | 2, lifetimeS: number) => {
    const now = Math.floor(deps.clock.now() / 1000);
    // An expired token was issued before it expired.
    const issuedAt = now + Math.min(0, lifetimeS - 300);
    return {
      iss: version === 2 ? deps.issuer : `https://sts.windows.net/${deps.tenantId}/`,
      iat: issuedAt,
      nbf: issuedAt,
      exp: now + lifetimeS,
      tid: deps.tenantId,
      uti: randomBytes(16).toString("base64url"),
      ver: `${version}.0`,
    };
  };
  const client = (version: 1 | 2, clientId: string, strength: "0" | "1") =>
    version === 2 ? { azp: clientId, azpacr: strength } : { appid: clientId, appidacr: strength };

  return {
    user: ({ user, resource, version = resource.tokenVersion, ...options }) => {
      const name = version === 2 ? "preferred_username" : "upn";
      return deps.keys.sign(
        {},
        {
          aud: audienceOf(resource, version),
          ...frame(version, options.lifetimeS),
          ...client(version, options.clientId, options.publicClient ? "0" : "1"),
          ...(options.amr ? { amr: options.amr } : {}),
          name: user.displayName,
          oid: user.objectId,
          [name]: user.userName,
          scp: options.scopes.join(" "),
          sub: pairwise(user, resource.audience),
          ...options.overrides,
        },
      );
    },
    app: ({ identity, resource, version = resource.tokenVersion, ...options }) =>
      deps.keys.sign(
        {},
        {
          aud: audienceOf(resource, version),
          ...frame(version, options.lifetimeS),
          ...client(version, identity.clientId, "1"),
          // Microsoft's own resources ask for this optional claim, registered APIs by default do not.
          ...(resource.app ? {} : { idtyp: "app" }),
          oid: identity.objectId,
          ...(options.roles.length > 0 ? { roles: options.roles } : {}),
          sub: identity.objectId,
          ...options.overrides,
        },
      ),
    id: ({ user, clientId, nonce, lifetimeS }) =>
      deps.keys.sign(
        {},
        {
          aud: clientId,
          ...frame(2, lifetimeS),
          name: user.displayName,
          ...(nonce === undefined ? {} : { nonce }),
          oid: user.objectId,
          preferred_username: user.userName,
          sub: pairwise(user, clientId),
        },
      ),
  };
}
