// One try of one request over global fetch: time limit, bounded body, no redirects, and a plain outcome
// instead of an exception. It never retries and never logs.

import { isConnectError } from "./connect-error.ts";
import { readBoundedBody } from "./read-bounded-body.ts";
import type { SentWatch } from "./sent-watch.ts";

export interface Try {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  /** Origin of `url`. */
  readonly origin: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
}

export type TryReply =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: Headers;
      readonly body: Uint8Array<ArrayBuffer>;
    }
  /** Nothing was sent. */
  | { readonly kind: "not_connected" }
  /** Sent, or perhaps sent, but no whole reply came back: time-out or reset. */
  | { readonly kind: "lost" }
  /** Answered with a body over the limit. */
  | { readonly kind: "oversized" };

/** Never throws for what the network or the other side does. `timeoutMs` covers the body too. */
export function tryOnce(request: Try, sentWatch: SentWatch): Promise<TryReply> {
  return sentWatch.watch(async (provenUnsent) => {
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body ?? null,
        // A redirect would carry the Authorization header to wherever the reply points.
        redirect: "manual",
        signal: AbortSignal.timeout(request.timeoutMs),
      });
      const body = await readBoundedBody(response, request.maxBodyBytes);
      if (body === undefined) return { kind: "oversized" };
      return { kind: "answered", status: response.status, headers: response.headers, body };
    } catch (error) {
      return { kind: isConnectError(error) || provenUnsent() ? "not_connected" : "lost" };
    }
  });
}
