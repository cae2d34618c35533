// Keys of table rows that are made from ids of others: hashed, because Azure allows no / \ # ? and no control
// characters in a key and a foreign id promises nothing. Equal if and only if all parts are equal.

import { createHash } from "node:crypto";

/** 43 characters of base64url. */
export function recordKey(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
