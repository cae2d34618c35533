// The only file that knows the OpenTelemetry SDK: batches our spans and adds up our measurements, and hands them to one
// exporter. Loaded late (late-export.ts). It holds a bounded number of spans and never makes a caller wait.

import { SpanKind as Kind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from "@opentelemetry/sdk-trace-base";
import type { Exporting } from "./late-export.ts";
import { METRICS, type MetricName } from "./metrics.ts";
import type { SpanRecord } from "./sink.ts";

export interface Exporters {
  readonly spans: SpanExporter;
  readonly metrics: PushMetricExporter;
}

export interface ExportOptions {
  readonly version: string;
  /** Tells the workers of one app apart. */
  readonly instance: string;
  /** Default 5 s and 60 s. */
  readonly spanDelayMs?: number | undefined;
  readonly metricIntervalMs?: number | undefined;
  /** Percent of all traces that are kept, where it is known: Application Insights counts each span for those not kept, too. */
  readonly sampleRate?: number | undefined;
}

const SCOPE = { name: "genie-gateway" };
/** Spans that wait to be sent; more are dropped. */
const MOST_SPANS = 2_048;
/** Spans of one sending. Without a number of ours the SDK takes any of `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`: 0 makes it spin. */
const MOST_AT_ONCE = 512;
const EXPORT_TIMEOUT_MS = 10_000;
/** From a cache's answer to the longest deadline. */
const SECONDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800];
const COUNTS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

export function exportWith(exporters: Exporters, options: ExportOptions): Exporting {
  const resource = resourceFromAttributes({
    "service.name": SCOPE.name,
    "service.version": options.version,
    "service.instance.id": options.instance,
  });
  const processor = new BatchSpanProcessor(exporters.spans, {
    maxQueueSize: MOST_SPANS,
    maxExportBatchSize: MOST_AT_ONCE,
    scheduledDelayMillis: options.spanDelayMs ?? 5_000,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = createMeterProvider(exporters.metrics, resource, options.metricIntervalMs);
  const record = createInstruments(provider);
  const { sampleRate } = options;
  const counted = sampleRate === undefined ? {} : { "microsoft.sample_rate": sampleRate };
  return {
    span: (span) => processor.onEnd(toReadableSpan(span, resource, counted)),
    measurement: ({ name, value, attributes }) => record[name](value, attributes),
    shutdown: async () => {
      await Promise.allSettled([processor.shutdown(), provider.shutdown()]);
    },
  };
}

function createMeterProvider(
  exporter: PushMetricExporter,
  resource: Resource,
  intervalMs = 60_000,
) {
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(EXPORT_TIMEOUT_MS, intervalMs),
  });
  const views = Object.entries(METRICS).flatMap(([instrumentName, { kind, unit }]) => {
    if (kind !== "histogram") return [];
    const boundaries = unit === "s" ? SECONDS : COUNTS;
    const type = AggregationType.EXPLICIT_BUCKET_HISTOGRAM as const;
    return [{ instrumentName, aggregation: { type, options: { boundaries } } }];
  });
  return new MeterProvider({ resource, readers: [reader], views });
}

type Add = (value: number, attributes: Readonly<Record<string, string | number | boolean>>) => void;

function createInstruments(provider: MeterProvider): Readonly<Record<MetricName, Add>> {
  const meter = provider.getMeter(SCOPE.name);
  const entries = Object.entries(METRICS).map(([name, { kind, unit }]): [string, Add] => {
    if (kind === "counter") {
      const counter = meter.createCounter(name, { unit });
      return [name, (value, attributes) => counter.add(value, { ...attributes })];
    }
    const histogram = meter.createHistogram(name, { unit });
    return [name, (value, attributes) => histogram.record(value, { ...attributes })];
  });
  return Object.fromEntries(entries) as Record<MetricName, Add>; // one entry for each name above
}

const KINDS = {
  server: Kind.SERVER,
  client: Kind.CLIENT,
  consumer: Kind.CONSUMER,
  internal: Kind.INTERNAL,
} as const;

function toReadableSpan(
  span: SpanRecord,
  resource: Resource,
  counted: Readonly<Record<string, number>>,
): ReadableSpan {
  const context = (spanId: string) => ({
    traceId: span.traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
  });
  const parent = span.parentSpanId;
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => context(span.spanId),
    ...(parent === undefined
      ? {}
      : { parentSpanContext: { ...context(parent), isRemote: span.kind !== "client" } }),
    startTime: toHrTime(span.startedAt),
    endTime: toHrTime(span.endedAt),
    duration: toHrTime(span.endedAt - span.startedAt),
    status: { code: span.failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: { ...span.attributes, ...counted },
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Seconds and nanoseconds. */
function toHrTime(ms: number): [number, number] {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1e6)];
}
