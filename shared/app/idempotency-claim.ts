// What is kept of an Idempotency-Key: keyed hashes only (design §3.2). Neither the key nor the body can be read
// back from them, and without the hashing key nobody can test a guess.

import { createHash, createHmac } from "node:crypto";
import type { IdempotencyClaim } from "../operations/ports.ts";

/**
 * @param request `body` as validated: an absent optional field is absent, so `null` and absent hash alike
 * @param hashingKey of this deployment; for operations kept in memory one of this process will do
 */
export function idempotencyClaim(
  request: {
    owner: string;
    path: string;
    key: string | null;
    body: Readonly<Record<string, unknown>>;
  },
  hashingKey: Buffer,
): IdempotencyClaim | null {
  if (request.key === null) return null;
  // JSON text keeps the parts apart: no two different triples give the same string.
  const scope = JSON.stringify([request.owner, request.path, request.key]);
  const body = JSON.stringify(
    Object.entries(request.body).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  return {
    scope: createHmac("sha256", hashingKey).update(scope).digest("base64url"),
    body: createHash("sha256").update(body).digest("base64url"),
  };
}
