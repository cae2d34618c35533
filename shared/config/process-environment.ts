// The only reader of process.env. Nothing is cached: the platform may replace the environment between the
// start of a worker and the loading of the app (functions-host.md §3).

import type { Environment } from "./raw-settings.ts";

export function processEnvironment(): Environment {
  return process.env;
}

/**
 * The exporter of Azure Monitor reports on itself to Microsoft, to an address of its own, and asks another one how to behave.
 * It can be told not to by variables alone.
 */
export function silenceAzureMonitor(): void {
  process.env.APPLICATION_INSIGHTS_NO_STATSBEAT ??= "true";
  process.env.APPLICATIONINSIGHTS_SDKSTATS_DISABLED ??= "true";
  process.env.APPLICATIONINSIGHTS_STATSBEAT_DISABLED ??= "true";
}
