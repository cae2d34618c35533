// What all parts of one simulated tenant share. Plain data, no behaviour.

import type { Clock } from "../../shared/telemetry/clock.ts";
import type { Directory } from "./directory.ts";
import type { OpaqueGrants } from "./opaque-grants.ts";
import type { SigningKeys } from "./signing-keys.ts";
import type { TokenIssuer } from "./token-issuer.ts";

/** What a user agreed to when signing in, kept behind an authorization code until it is redeemed. */
export interface SignIn {
  readonly userObjectId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly scope: string;
  readonly nonce?: string;
  /** The request carried the claims challenge, so the simulated user gave a second factor. */
  readonly secondFactor: boolean;
}

/** What a refresh token stands for. */
export interface RefreshGrant {
  readonly userObjectId: string;
  readonly clientId: string;
  readonly publicClient: boolean;
  /** What is granted again when the request names no scope. */
  readonly scope: string | null;
  readonly secondFactor: boolean;
}

export interface Tenant {
  readonly tenantId: string;
  /** `{server}/{tenant}`: what the endpoints hang below. */
  readonly authority: string;
  /** Issuer of v2 tokens. */
  readonly issuer: string;
  readonly clock: Clock;
  readonly keys: SigningKeys;
  readonly directory: Directory;
  readonly tokens: TokenIssuer;
  readonly codes: OpaqueGrants<SignIn>;
  readonly refreshTokens: OpaqueGrants<RefreshGrant>;
  /** Seconds that access tokens live; changed by tests. */
  readonly lifetimes: { accessTokenS: number; refreshInS: number | undefined };
}
