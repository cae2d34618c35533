// Spans and metrics as OTLP over HTTP, to any collector. Loaded only where `OTEL_EXPORTER_OTLP_ENDPOINT` is set. The
// exporters read the other `OTEL_EXPORTER_OTLP_…` variables (headers, time-out) themselves.

import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import type { Exporters } from "./open-telemetry.ts";

export function createOtlpExporters(endpoint: string): Exporters {
  const base = endpoint.replace(/\/+$/, "");
  return {
    spans: new OTLPTraceExporter({ url: `${base}/v1/traces` }),
    metrics: new OTLPMetricExporter({ url: `${base}/v1/metrics` }),
  };
}
