// Key authentication of the host: which keys open which auth level, and where a request carries its key.
// Keeps keys in memory only and never logs one.

import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { queryOf } from "./http-query.ts";
import type { HttpRoute } from "./http-route.ts";

export interface HostKeys {
  /** Opens everything, also functions of level `admin`. */
  readonly master: string;
  /** Host keys: open every function of level `function`. */
  readonly host: readonly string[];
  /** Function name → keys that open this function alone. */
  readonly functions: Readonly<Record<string, readonly string[]>>;
}

/** What is not given is made up, so that a function of level `function` is never open by mistake. */
export function completeKeys(given: Partial<HostKeys>): HostKeys {
  return {
    master: given.master ?? randomKey(),
    host: given.host ?? [randomKey()],
    functions: given.functions ?? {},
  };
}

export function isAllowed(keys: HostKeys, route: HttpRoute, request: IncomingMessage): boolean {
  if (route.authLevel === "anonymous") {
    return true;
  }
  const key = requestKey(request);
  const accepted = [
    keys.master,
    ...(route.authLevel === "function" ? keysOf(keys, route.functionName) : []),
  ];
  return key !== null && accepted.some((candidate) => isSame(candidate, key));
}

function keysOf(keys: HostKeys, functionName: string): readonly string[] {
  const [, own = []] =
    Object.entries(keys.functions).find(
      ([name]) => name.toLowerCase() === functionName.toLowerCase(),
    ) ?? [];
  return [...keys.host, ...own];
}

// The header wins over the query parameter, as in the real host.
function requestKey(request: IncomingMessage): string | null {
  const header = request.headers["x-functions-key"];
  return typeof header === "string" && header !== "" ? header : queryOf(request).get("code");
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function randomKey(): string {
  return randomBytes(30).toString("base64url");
}
