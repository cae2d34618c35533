// The pure check of a token's times. Seconds since the epoch on both sides; the clock is an argument.

import type { JsonObject } from "./json-object.ts";
import { accepted, type Checked, refused } from "./refusal-reason.ts";

/** Clock skew between Entra and us that is forgiven. */
const TOLERANCE_SECONDS = 60;
/** Entra's longest access tokens (continuous access evaluation) live 28 hours. */
const LONGEST_LIFE_SECONDS = 48 * 3600;

/**
 * `exp` and `iat` must be there, `nbf` may be; a number in a string is refused.
 * @param nowSeconds seconds since the epoch
 */
export function checkLifetime(claims: JsonObject, nowSeconds: number): Checked<void> {
  const { exp, iat, nbf = iat } = claims;
  if (exp === undefined || iat === undefined) return refused("claim_missing");
  if (!isTime(exp) || !isTime(iat) || !isTime(nbf)) return refused("claim_type_wrong");
  if (exp + TOLERANCE_SECONDS <= nowSeconds) return refused("expired");
  if (nbf - TOLERANCE_SECONDS > nowSeconds) return refused("not_yet_valid");
  if (iat - TOLERANCE_SECONDS > nowSeconds) return refused("issued_in_future");
  return exp - iat > LONGEST_LIFE_SECONDS ? refused("lifetime_too_long") : accepted(undefined);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}
