// The tenant's signing keys. Like Entra it publishes several at once, without `alg`, and changes the active
// one; a private key never leaves this file.

import { createHash } from "node:crypto";
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";

export interface SigningKeys {
  /** The body of the keys endpoint. */
  published(): { keys: JWK[] };
  /** Signs with the active key. `header` may add to or override `alg`, `kid` and `typ`. */
  sign(header: Partial<JWTHeaderParameters>, claims: JWTPayload): Promise<string>;
  /** Payload of a token that a published key signed and that is in its time. @throws jose's errors */
  verify(token: string, nowMs: number): Promise<JWTPayload>;
  /** The next key becomes the active one. With `withdraw` the old one is no longer published. */
  rotate(options?: { withdraw?: boolean }): Promise<void>;
}

/** Old keys that stay published, so that the tokens they signed still verify. */
const MAX_RETIRED = 3;

async function makeKey(issuer: string) {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = await exportJWK(publicKey);
  const kid = createHash("sha1").update(String(jwk.n)).digest("base64url");
  return { privateKey, kid, jwk: { ...jwk, use: "sig", kid, x5t: kid, issuer } };
}

export async function createSigningKeys(issuer: string): Promise<SigningKeys> {
  let [active, next] = await Promise.all([makeKey(issuer), makeKey(issuer)]);
  let retired: JWK[] = [];
  const published = () => ({ keys: [active.jwk, next.jwk, ...retired] });
  return {
    published,
    sign: (header, claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", kid: active.kid, typ: "JWT", ...header })
        .sign(active.privateKey),
    verify: async (token, nowMs) => {
      const options = { algorithms: ["RS256"], currentDate: new Date(nowMs) };
      return (await jwtVerify(token, createLocalJWKSet(published()), options)).payload;
    },
    rotate: async ({ withdraw = false } = {}) => {
      const added = await makeKey(issuer);
      retired = withdraw ? [] : [active.jwk, ...retired].slice(0, MAX_RETIRED);
      active = next;
      next = added;
    },
  };
}
