// Takes away the header fields that concern one connection alone (RFC 9110 §7.6.1), as the real host's proxy does:
// the worker's connection to the host is not the client's.

import type { IncomingHttpHeaders } from "node:http";

const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
]);

/** `transfer-encoding` stays: without it a body of unknown length would travel without a frame. */
export function withoutHopByHop(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}
