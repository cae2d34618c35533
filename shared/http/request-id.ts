// The id of one request, on every answer and in every log line (design §3.1 "Headers").
// A caller's id is taken only in a form that can neither forge a log line nor a header.

import { randomUUID } from "node:crypto";

/** The caller's `X-Request-Id` if it is well-formed, else a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id") ?? "";
  return /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : randomUUID();
}
