// Finds the one bearer token of a request and refuses by its mere form what can never be a token of ours.
// It runs before any cryptography, so that garbage costs almost nothing.

import { accepted, type Checked, refused } from "./refusal-reason.ts";

/** Entra's largest tokens (200 group ids) stay far below; the bound keeps a 1 MB header from being parsed. */
const MAX_TOKEN_CHARS = 16_384;

// RFC 6750 §2.1: one scheme, one space, one token. A comma is what HTTP stacks put between repeated headers.
const BEARER = /^bearer ([^\s,]+)$/i;
// RFC 7515 §7.1 compact form: base64url without padding, exactly three parts (five would be a JWE).
const THREE_PARTS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** @param authorization the header's value as received, or null when it is missing */
export function readBearerToken(authorization: string | null): Checked<string> {
  if (authorization === null) return refused("bearer_missing");
  if (authorization.length > MAX_TOKEN_CHARS + "Bearer ".length) return refused("malformed");
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) return refused("bearer_missing");
  const parts = THREE_PARTS.exec(token)?.slice(1);
  // Unused trailing bits of base64url would give one token many spellings, each with its own cache entry.
  return parts?.every(isCanonicalBase64url) ? accepted(token) : refused("malformed");
}

function isCanonicalBase64url(part: string): boolean {
  return Buffer.from(part, "base64url").toString("base64url") === part;
}
