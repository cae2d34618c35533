// A reply as the response object of the runtime library, with the headers of every answer (design §3.1).
// Building it here, not in the library, makes a bad header or body an error that we can still answer.

import { ReadableStream } from "node:stream/web";
import { HttpResponse } from "@azure/functions";
import type { ContentCoding } from "./cacheable-content.ts";
import type { RequestFacts } from "./request-facts.ts";
import type { Reply } from "./route-input.ts";

/** @throws TypeError or RangeError for a status, header or body that HTTP or JSON cannot carry. */
export function toResponse(reply: Reply, facts: RequestFacts): HttpResponse {
  const { status, headers, body, content } = reply;
  const all = headersOf(headers, facts);
  if (content !== undefined) {
    all.set("Content-Type", content.type);
    return new HttpResponse({ status, headers: all, body: content.data });
  }
  if (body === undefined) return new HttpResponse({ status, headers: all });
  if (!all.has("Content-Type")) all.set("Content-Type", "application/json");
  return new HttpResponse({ status, headers: all, body: JSON.stringify(body) });
}

/** Content that a client may keep, or 304 without it where the client has it (`data` null). */
export function toCacheableResponse(
  own: Reply["headers"],
  facts: RequestFacts,
  { chosen, type, cacheControl, data }: ChosenContent,
): HttpResponse {
  const headers = headersOf(own, facts);
  headers.set("Cache-Control", cacheControl);
  headers.set("ETag", chosen.etag);
  headers.set("Vary", "Accept-Encoding");
  if (data === null) return new HttpResponse({ status: 304, headers });
  headers.set("Content-Type", type);
  if (chosen.name !== "identity") headers.set("Content-Encoding", chosen.name);
  return new HttpResponse({ status: 200, headers, body: data });
}

interface ChosenContent {
  readonly chosen: ContentCoding;
  readonly type: string;
  readonly cacheControl: string;
  readonly data: Uint8Array<ArrayBuffer> | null;
}

/** The same with a body of server-sent events; `text` must end and never throw. */
export function toEventResponse(
  reply: Reply,
  facts: RequestFacts,
  text: AsyncIterable<string>,
): HttpResponse {
  return toStreamResponse(reply, facts, {
    type: "text/event-stream",
    body: ReadableStream.from(bytesOf(text)),
  });
}

/** The same with a body that is made while it is sent; it must end and never fail (functions-host.md §4.2). */
export function toStreamResponse(
  { status, headers }: Reply,
  facts: RequestFacts,
  { type, body }: { readonly type: string; readonly body: ReadableStream<Uint8Array> },
): HttpResponse {
  const all = headersOf(headers, facts);
  all.set("Content-Type", type);
  return new HttpResponse({ status, headers: all, body });
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
