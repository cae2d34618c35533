// A reply as the response object of the runtime library, with the headers of every answer (design §3.1).
// Building it here, not in the library, makes a bad header or body an error that we can still answer.

import { ReadableStream } from "node:stream/web";
import { HttpResponse } from "@azure/functions";
import type { RequestFacts } from "./request-facts.ts";
import type { Reply } from "./route-input.ts";

/** @throws TypeError or RangeError for a status, header or body that HTTP or JSON cannot carry. */
export function toResponse({ status, headers, body }: Reply, facts: RequestFacts): HttpResponse {
  const all = headersOf(headers, facts);
  if (body === undefined) return new HttpResponse({ status, headers: all });
  if (!all.has("Content-Type")) all.set("Content-Type", "application/json");
  return new HttpResponse({ status, headers: all, body: JSON.stringify(body) });
}

/** The same with a body of server-sent events; `text` must end and never throw. */
export function toEventResponse(
  { status, headers }: Reply,
  facts: RequestFacts,
  text: AsyncIterable<string>,
): HttpResponse {
  const all = headersOf(headers, facts);
  all.set("Content-Type", "text/event-stream");
  return new HttpResponse({ status, headers: all, body: ReadableStream.from(bytesOf(text)) });
}

function headersOf(own: Reply["headers"], { requestId, trace }: RequestFacts): Headers {
  const headers = new Headers(own);
  headers.set("X-Request-Id", requestId);
  headers.set("Cache-Control", "no-store");
  headers.set("X-Content-Type-Options", "nosniff");
  if (trace !== null) headers.set("traceparent", trace.traceparent);
  return headers;
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const piece of text) if (piece !== "") yield Buffer.from(piece);
}
