// Spans and metrics to Application Insights. Loaded only where its connection string is set. Nothing is kept on disk while
// the endpoint is away: what cannot be sent is dropped.

import {
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from "@azure/monitor-opentelemetry-exporter";
import type { Exporters } from "./open-telemetry.ts";
import type { ReportFailure, Signal } from "./report-failures.ts";

/** The gateway's own Azure identity, where the resource takes no telemetry without a token. */
export interface MonitorCredential {
  getToken(scopes: string | string[]): Promise<{ token: string; expiresOnTimestamp: number }>;
}

export function createAzureMonitorExporters(
  connectionString: string,
  credential: MonitorCredential | null,
  report: ReportFailure,
): Exporters {
  const options = (signal: Signal): Options => ({
    connectionString,
    disableOfflineStorage: true,
    additionalPolicies: [{ policy: watchReplies(signal, report), position: "perCall" }],
    ...(credential === null ? {} : { credential }),
  });
  return {
    spans: new AzureMonitorTraceExporter(options("spans")),
    metrics: new AzureMonitorMetricExporter(options("metrics")),
  };
}

type Options = NonNullable<ConstructorParameters<typeof AzureMonitorTraceExporter>[0]>;
type Policy = NonNullable<Options["additionalPolicies"]>[number]["policy"];

/** The exporter says of each refusal that nothing could be kept on disk, and of a wrong key that all is well. */
function watchReplies(signal: Signal, report: ReportFailure): Policy {
  return {
    name: "genieWatchReplies",
    async sendRequest(request, next) {
      try {
        const reply = await next(request);
        if (reply.status >= 400) report(signal, { statusCode: reply.status });
        return reply;
      } catch (error) {
        report(signal, error);
        throw error;
      }
    },
  };
}
