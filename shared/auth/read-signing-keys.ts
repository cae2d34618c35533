// Reads Entra's key document (RFC 7517 JWK set) into public keys by key id. Takes from each entry what an RSA
// public key consists of and nothing else; an entry it cannot use is skipped, a document without any is refused.

import type { CryptoKey } from "jose";
import { AppError } from "../errors/app-error.ts";
import { decodeText } from "../outbound/decode-text.ts";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import { identityProviderOutage } from "./identity-provider-outage.ts";
import { isJsonObject, type JsonObject, parseJsonObject } from "./json-object.ts";

export type KeysById = ReadonlyMap<string, CryptoKey>;

const TRY_TIMEOUT_MS = 4_000;
const BUDGET_MS = 10_000;
const MAX_BYTES = 512 * 1024;
/** base64url of 2,048 to 8,192 bits; RFC 7518 §3.3 forbids smaller keys. */
const MODULUS = /^[\w-]{342,1366}$/;
const EXPONENT = /^[\w-]{2,12}$/;
/** Entra lists fewer than ten. */
const MAX_KEYS = 100;

/** @throws AppError identity_provider_unavailable for anything but a usable key document */
export async function readSigningKeys(url: string, send: SendOutbound): Promise<KeysById> {
  const reply = await send({
    method: "GET",
    url,
    headers: { accept: "application/json" },
    retry: "safe",
    tryTimeoutMs: TRY_TIMEOUT_MS,
    budgetMs: BUDGET_MS,
    maxBodyBytes: MAX_BYTES,
  });
  if (reply.kind !== "answered" || reply.status !== 200) {
    const status = reply.kind === "answered" ? reply.status : reply.kind;
    throw unusable(`signing keys: ${status}`);
  }
  const keys = await importKeys(parseJsonObject(decodeText(reply.body))?.keys);
  if (keys.size === 0) throw unusable("signing keys: no usable key in the document");
  return keys;
}

function unusable(reason: string): AppError {
  return new AppError(identityProviderOutage(), { cause: new Error(reason) });
}

async function importKeys(listed: unknown): Promise<KeysById> {
  const { importJWK } = await import("jose");
  const keys = new Map<string, CryptoKey>();
  for (const jwk of Array.isArray(listed) ? listed.slice(0, MAX_KEYS) : []) {
    const parts = isJsonObject(jwk) ? rsaParts(jwk) : undefined;
    if (parts === undefined) continue;
    const key = await importJWK({ kty: "RSA", n: parts.n, e: parts.e }, "RS256").catch(() => null);
    if (key !== null && !(key instanceof Uint8Array)) keys.set(parts.kid, key);
  }
  return keys;
}

function rsaParts(jwk: JsonObject): { kid: string; n: string; e: string } | undefined {
  const { kty, use = "sig", kid, n, e } = jwk;
  const usable =
    kty === "RSA" &&
    use === "sig" &&
    typeof kid === "string" &&
    typeof n === "string" &&
    MODULUS.test(n) &&
    typeof e === "string" &&
    EXPONENT.test(e);
  return usable ? { kid, n, e } : undefined;
}
