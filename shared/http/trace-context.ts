// W3C Trace Context: continues the trace of a caller that has one. It starts none of its own and keeps no
// `tracestate`.

import { randomBytes } from "node:crypto";
import { currentTraceparent } from "../telemetry/spans.ts";
import { readTraceparent, writeTraceparent } from "../telemetry/traceparent.ts";

export interface TraceContext {
  readonly traceId: string;
  /** Header value that names this request as the parent of what follows. */
  readonly traceparent: string;
}

/** The continued trace; null when the caller sent none, or one that the standard says to ignore. */
export function continueTrace(headers: Headers): TraceContext | null {
  const given = readTraceparent(headers.get("traceparent"));
  if (given === undefined) return null;
  // The span of this request, where it is recorded.
  const own = readTraceparent(currentTraceparent());
  const spanId = own?.traceId === given.traceId ? own.spanId : randomBytes(8).toString("hex");
  return { traceId: given.traceId, traceparent: writeTraceparent({ ...given, spanId }) };
}
