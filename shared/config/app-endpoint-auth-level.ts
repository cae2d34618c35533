// Whether the host lets `query-app` through without a function key (design §2). On the start-up path:
// it loads nothing, and it fails closed: a typing mistake never opens the endpoint.

import type { Environment } from "./raw-settings.ts";

/** `anonymous` only when `APP_ENDPOINT_AUTH` is unset or exactly `entra`. */
export function appEndpointAuthLevel(environment: Environment): "anonymous" | "function" {
  const value = environment.APP_ENDPOINT_AUTH;
  return value === undefined || value === "entra" ? "anonymous" : "function";
}
