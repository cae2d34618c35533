// The W3C trace context of a request, as the host hands it to the worker. A new one when the caller sent none.

import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

export function traceContextOf(request: IncomingMessage): {
  traceParent: string;
  traceState: string;
} {
  const { traceparent, tracestate } = request.headers;
  const valid = typeof traceparent === "string" && traceParentPattern.test(traceparent);
  return {
    traceParent: valid
      ? traceparent
      : `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-00`,
    traceState: valid && typeof tracestate === "string" ? tracestate : "",
  };
}

const traceParentPattern = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
