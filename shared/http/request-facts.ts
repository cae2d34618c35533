// What is known of a request before anything is checked: enough to answer it and to log it.

import type { HttpRequest } from "@azure/functions";
import { type OpenResponse, openResponse } from "./open-responses.ts";
import { requestIdOf } from "./request-id.ts";
import { continueTrace, type TraceContext } from "./trace-context.ts";

export interface RequestFacts {
  readonly requestId: string;
  /** What stands behind the answer while it is sent. */
  readonly response: OpenResponse;
  readonly trace: TraceContext | null;
  readonly path: string;
  /** Scheme, host and port as the request came; only a base of links where the settings allow it. */
  readonly origin: string;
  readonly authorization: string | null;
  /** `Accept-Encoding` and `If-None-Match` as they came; null without one. */
  readonly acceptEncoding: string | null;
  readonly ifNoneMatch: string | null;
}

export function readFacts(request: HttpRequest, invocationId: string): RequestFacts {
  const { pathname, origin } = new URL(request.url);
  return {
    requestId: requestIdOf(request.headers),
    response: openResponse(invocationId),
    trace: continueTrace(request.headers),
    path: pathname,
    origin,
    // A header without a value is no token.
    authorization: request.headers.get("authorization")?.trim() || null,
    acceptEncoding: request.headers.get("accept-encoding"),
    ifNoneMatch: request.headers.get("if-none-match"),
  };
}

/** Base of absolute links: the configured one, else the request's own origin (never in Azure). */
export function baseUrlOf(
  services: { readonly publicBaseUrl: string | null },
  facts: RequestFacts,
): string {
  return services.publicBaseUrl ?? facts.origin;
}
