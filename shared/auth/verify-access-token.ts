// The thin shell around the pure token checks: finds the key, lets jose verify the signature, hands the claims on.
// It decides nothing itself and never looks at claims whose signature was not verified.

import type { CryptoKey } from "jose";
import type { AcceptedKind } from "./check-caller-kind.ts";
import { checkClaims, type TokenIdentity } from "./check-claims.ts";
import { type JsonObject, parseJsonObject } from "./json-object.ts";
import { type Checked, refused } from "./refusal-reason.ts";
import type { SigningKeys } from "./signing-keys.ts";
import { checkTokenHeader } from "./token-header.ts";
import type { TokenPolicy } from "./token-policy.ts";

export interface Verification {
  readonly keys: SigningKeys;
  readonly policy: TokenPolicy;
  readonly accepts: AcceptedKind;
  /** Seconds since the epoch. */
  readonly nowSeconds: number;
}

/**
 * @param token compact JWS, its shape already checked by `readBearerToken`
 * @throws AppError identity_provider_unavailable when the signing keys cannot be had
 */
export async function verifyAccessToken(
  token: string,
  { keys, ...context }: Verification,
): Promise<Checked<TokenIdentity>> {
  const header = checkTokenHeader(readPart(token.split(".")[0]));
  if (!header.ok) return header;
  const key = await keys.find(header.value);
  if (key === undefined) return refused("key_unknown");
  const payload = await verifySignature(token, key);
  if (payload === undefined) return refused("signature_wrong");
  const claims = readJson(payload);
  return claims === undefined ? refused("payload_not_json_object") : checkClaims(claims, context);
}

async function verifySignature(token: string, key: CryptoKey): Promise<Uint8Array | undefined> {
  const { compactVerify } = await import("jose");
  try {
    return (await compactVerify(token, key, { algorithms: ["RS256"] })).payload;
  } catch {
    return undefined;
  }
}

const readPart = (part: string | undefined): JsonObject | undefined =>
  part === undefined ? undefined : readJson(Buffer.from(part, "base64url"));

/** Strict UTF-8: a lenient decoder would map different bytes to the same replacement character. */
function readJson(bytes: Uint8Array): JsonObject | undefined {
  try {
    return parseJsonObject(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
