// The auth level of `query-app`, for functions/, which may not import config. On the start-up path: light.

import { appEndpointAuthLevel as levelIn } from "../config/app-endpoint-auth-level.ts";
import { processEnvironment } from "../config/process-environment.ts";

/** `anonymous` only when `APP_ENDPOINT_AUTH` is unset or exactly `entra`; else the host asks for a key. */
export function appEndpointAuthLevel(): "anonymous" | "function" {
  return levelIn(processEnvironment());
}
