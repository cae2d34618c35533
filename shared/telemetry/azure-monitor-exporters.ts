// Spans and metrics to Application Insights. Loaded only where its connection string is set. Nothing is kept on disk while
// the endpoint is away: what cannot be sent is dropped.

import {
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from "@azure/monitor-opentelemetry-exporter";
import type { Exporters } from "./open-telemetry.ts";

/** The gateway's own Azure identity, where the resource takes no telemetry without a token. */
export interface MonitorCredential {
  getToken(scopes: string | string[]): Promise<{ token: string; expiresOnTimestamp: number }>;
}

export function createAzureMonitorExporters(
  connectionString: string,
  credential: MonitorCredential | null,
): Exporters {
  const options = {
    connectionString,
    disableOfflineStorage: true,
    ...(credential === null ? {} : { credential }),
  };
  return {
    spans: new AzureMonitorTraceExporter(options),
    metrics: new AzureMonitorMetricExporter(options),
  };
}
