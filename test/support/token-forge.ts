// Makes access tokens of any kind for tests, good and hostile: it signs exactly the bytes it is told to, so that
// forms no library would produce can be tried. Never used outside tests.

import {
  createHmac,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
  sign as signBytes,
} from "node:crypto";
import { promisify } from "node:util";

export type Claims = Readonly<Record<string, unknown>>;

export const FORGE_TENANT = "11111111-2222-4333-8444-555555555555";
export const FORGE_CLIENT_ID = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
export const FORGE_AUTHORITY = "https://login.example.com";
export const FORGE_USER = "0e000000-0000-4000-8000-000000000001";
const FORGE_SERVICE = "5e000000-0000-4000-8000-000000000002";
export const FORGE_CALLING_CLIENT = "ca000000-0000-4000-8000-000000000003";

export interface ForgeKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** As Entra publishes it: no `alg`. */
  readonly jwk: JsonWebKey;
}

export interface TokenForge {
  /** The published key that good tokens are signed with. */
  readonly key: ForgeKey;
  /** A key nobody published. */
  readonly foreignKey: ForgeKey;
  /** Claims of a good v2 user token; an override of `undefined` takes the claim away. */
  userClaims(overrides?: Claims): Claims;
  /** Claims of a good v2 app-only token. */
  appClaims(overrides?: Claims): Claims;
  /** RS256 over any header and claims (or raw payload text), by default with the published key. */
  sign(claims: Claims | string, options?: SignOptions): string;
}

export interface SignOptions {
  /** Merged over `{alg: "RS256", kid, typ: "JWT"}`; `undefined` takes a field away. */
  readonly header?: Claims;
  readonly key?: ForgeKey;
}

const generate = promisify(generateKeyPair);

export async function createForgeKey(kid: string, modulusLength = 2048): Promise<ForgeKey> {
  const { privateKey, publicKey } = await generate("rsa", { modulusLength });
  const jwk = { ...publicKey.export({ format: "jwk" }), use: "sig", kid };
  return { kid, privateKey, publicKey, jwk };
}

/** @param nowSeconds when the tokens are made, seconds since the epoch */
export async function createTokenForge(nowSeconds: number): Promise<TokenForge> {
  const [key, foreignKey] = await Promise.all([createForgeKey("key-1"), createForgeKey("key-1")]);
  const frame = {
    iss: `${FORGE_AUTHORITY}/${FORGE_TENANT}/v2.0`,
    aud: FORGE_CLIENT_ID,
    tid: FORGE_TENANT,
    ver: "2.0",
    iat: nowSeconds - 60,
    nbf: nowSeconds - 60,
    exp: nowSeconds + 3600,
    azp: FORGE_CALLING_CLIENT,
  };
  return {
    key,
    foreignKey,
    userClaims: (overrides) => ({
      ...frame,
      oid: FORGE_USER,
      sub: "pairwise-subject-of-the-user",
      scp: "openid access_as_user",
      ...overrides,
    }),
    appClaims: (overrides) => ({
      ...frame,
      oid: FORGE_SERVICE,
      sub: FORGE_SERVICE,
      roles: ["Genie.Ask"],
      ...overrides,
    }),
    sign: (claims, options = {}) => {
      const signer = options.key ?? key;
      const header = { alg: "RS256", kid: signer.kid, typ: "JWT", ...options.header };
      const payload = typeof claims === "string" ? claims : JSON.stringify(claims);
      const input = `${encode(JSON.stringify(header))}.${encode(payload)}`;
      return `${input}.${signBytes("sha256", Buffer.from(input), signer.privateKey).toString("base64url")}`;
    },
  };
}

/** The claims and overrides that turn a v2 token into the v1 token of the same caller. */
export function asVersion1(claims: Claims): Claims {
  const { azp, ...rest } = claims;
  return {
    ...rest,
    iss: `https://sts.windows.net/${FORGE_TENANT}/`,
    aud: `api://${FORGE_CLIENT_ID}`,
    ver: "1.0",
    appid: azp,
  };
}

/** base64url of text. */
export function encode(text: string | Buffer): string {
  return Buffer.from(text).toString("base64url");
}

/** HMAC over header and claims, as in the RS256→HS256 confusion where the public key is the shared secret. */
export function signHmac(header: Claims, claims: Claims, secret: string | Buffer): string {
  const input = `${encode(JSON.stringify(header))}.${encode(JSON.stringify(claims))}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
}
