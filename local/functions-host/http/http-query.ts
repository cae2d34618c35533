// The query string of a raw request. `URL` is not used on purpose: it throws for targets such as `//`, and a
// request must never end the host.

import type { IncomingMessage } from "node:http";

export function queryOf(request: IncomingMessage): URLSearchParams {
  const [, query = ""] = /^[^?]*\?(.*)$/s.exec(request.url ?? "") ?? [];
  return new URLSearchParams(query);
}
