// The only reader of process.env. Nothing is cached: the platform may replace the environment between the
// start of a worker and the loading of the app (functions-host.md §3).

import type { Environment } from "./raw-settings.ts";

export function processEnvironment(): Environment {
  return process.env;
}
