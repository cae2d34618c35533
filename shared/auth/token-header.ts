// The pure check of a token's JOSE header, before a key is looked up: RS256 with a key id and nothing clever.
// Keys come from our tenant's key document only; a key that a token brings or points to is never used.

import type { JsonObject } from "./json-object.ts";
import { accepted, type Checked, refused } from "./refusal-reason.ts";

// Entra never emits them. `jwk`, `jku`, `x5c` and `x5u` let a forger name the key to verify with (RFC 8725 §3.10);
// `crit` and `b64` change how the rest is read; `cty: JWT` is a nested token; `zip` and `enc` belong to JWE.
const NEVER_ACCEPTED = ["jwk", "jku", "x5c", "x5u", "crit", "b64", "cty", "zip", "enc"];
const TYPES = new Set(["jwt", "at+jwt", "application/at+jwt"]);
const KEY_ID = /^[\w.+/=-]{1,256}$/;

/** @returns the key id to verify with */
export function checkTokenHeader(header: JsonObject | undefined): Checked<string> {
  const kid = header?.kid;
  const typ = header?.typ;
  const good =
    header?.alg === "RS256" &&
    typeof kid === "string" &&
    KEY_ID.test(kid) &&
    (typ === undefined || (typeof typ === "string" && TYPES.has(typ.toLowerCase()))) &&
    !NEVER_ACCEPTED.some((name) => Object.hasOwn(header, name));
  return good ? accepted(kid) : refused("header_not_accepted");
}
