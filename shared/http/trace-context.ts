// W3C Trace Context: continues the trace of a caller that has one. It starts none of its own and keeps no
// `tracestate`.

import { randomBytes } from "node:crypto";

export interface TraceContext {
  readonly traceId: string;
  /** Header value that names this request as the parent of what follows. */
  readonly traceparent: string;
}

// A later version may add fields after the flags (Trace Context §4.3), version 00 must not.
const TRACEPARENT =
  /^(?:00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})|(?!ff|00)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?)$/;

/** The continued trace; null when the caller sent none, or one that the standard says to ignore. */
export function continueTrace(headers: Headers): TraceContext | null {
  const parts = TRACEPARENT.exec(headers.get("traceparent") ?? "")?.filter(Boolean) ?? [];
  const [, traceId, parentId, flags] = parts;
  if (!traceId || !parentId || /^0+$/.test(traceId) || /^0+$/.test(parentId)) return null;
  return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString("hex")}-${flags}` };
}
