// A reply as the response object of the runtime library, with the headers of every answer (design §3.1).
// Building it here, not in the library, makes a bad header or body an error that we can still answer.

import { HttpResponse } from "@azure/functions";
import type { RequestFacts } from "./request-facts.ts";
import type { Reply } from "./route-input.ts";

/** @throws TypeError or RangeError for a status, header or body that HTTP or JSON cannot carry. */
export function toResponse(reply: Reply, { requestId, trace }: RequestFacts): HttpResponse {
  const headers = new Headers(reply.headers);
  headers.set("X-Request-Id", requestId);
  headers.set("Cache-Control", "no-store");
  headers.set("X-Content-Type-Options", "nosniff");
  if (trace !== null) headers.set("traceparent", trace.traceparent);
  if (reply.body === undefined) return new HttpResponse({ status: reply.status, headers });
  if (!headers.has("Content-Type")) headers.set("Content-Type", "application/json");
  return new HttpResponse({ status: reply.status, headers, body: JSON.stringify(reply.body) });
}
