// What must be in the environment before the exporter of Azure Monitor is loaded. Apart from process-environment.ts, which
// is on the start-up path. The only writer of process.env.

/**
 * The exporter of Azure Monitor reports on itself to Microsoft, to an address of its own, and asks another one how to behave.
 * It can be told not to by variables alone.
 */
export function silenceAzureMonitor(): void {
  process.env.APPLICATION_INSIGHTS_NO_STATSBEAT ??= "true";
  process.env.APPLICATIONINSIGHTS_SDKSTATS_DISABLED ??= "true";
  process.env.APPLICATIONINSIGHTS_STATSBEAT_DISABLED ??= "true";
}
