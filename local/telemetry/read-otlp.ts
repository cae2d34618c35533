// Spans and metrics out of the JSON form of OTLP (opentelemetry-proto, `ExportTraceServiceRequest` and
// `ExportMetricsServiceRequest`). Takes what it knows and leaves the rest.

import * as z from "zod";

const attribute = z.object({
  key: z.string(),
  value: z.object({
    stringValue: z.string().optional(),
    intValue: z.union([z.number(), z.string()]).optional(),
    doubleValue: z.number().optional(),
    boolValue: z.boolean().optional(),
  }),
});
const attributes = z
  .array(attribute)
  .default([])
  .transform((list) =>
    Object.fromEntries(
      list.map(({ key, value }): [string, string] => [key, String(Object.values(value)[0] ?? "")]),
    ),
  );
/** Nanoseconds since the epoch, as text: they do not fit a number. */
const time = z.string().transform((text) => Number(BigInt(text) / 1_000n) / 1_000);

const span = z
  .object({
    traceId: z.string(),
    spanId: z.string(),
    parentSpanId: z.string().optional(),
    name: z.string(),
    kind: z.number(),
    startTimeUnixNano: time,
    endTimeUnixNano: time,
    attributes,
    status: z.object({ code: z.number().optional() }).default({}),
  })
  .transform(({ startTimeUnixNano, endTimeUnixNano, status, parentSpanId, ...rest }) => ({
    ...rest,
    parentSpanId: parentSpanId ?? null,
    /** Epoch ms. */
    startedAt: startTimeUnixNano,
    ms: endTimeUnixNano - startTimeUnixNano,
    failed: status.code === 2,
  }));

const point = z.object({
  attributes,
  count: z.union([z.number(), z.string()]).optional(),
  sum: z.number().optional(),
  max: z.number().optional(),
  asDouble: z.number().optional(),
  asInt: z.union([z.number(), z.string()]).optional(),
});
const points = z.object({ dataPoints: z.array(point) });
const metric = z.object({
  name: z.string(),
  unit: z.string().default(""),
  sum: points.optional(),
  histogram: points.optional(),
});

const traceRequest = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});
const metricRequest = z.object({
  resourceMetrics: z.array(
    z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(metric) })) }),
  ),
});

export type ReceivedSpan = z.output<typeof span>;
export interface ReceivedMetric {
  readonly name: string;
  readonly unit: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of a counter its value, of a histogram the number of measurements. */
  readonly count: number;
  readonly sum: number;
  readonly max: number | null;
}

/** @throws ZodError for what is no such request */
export function spansOf(body: unknown): ReceivedSpan[] {
  const { resourceSpans } = traceRequest.parse(body);
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

/** @throws ZodError for what is no such request */
export function metricsOf(body: unknown): ReceivedMetric[] {
  const { resourceMetrics } = metricRequest.parse(body);
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics),
  );
  return metrics.flatMap(
    ({ name, unit, sum, histogram }) =>
      (sum ?? histogram)?.dataPoints.map((each) => {
        const value = Number(each.asDouble ?? each.asInt ?? each.count ?? 0);
        return {
          name,
          unit,
          attributes: each.attributes,
          count: value,
          sum: each.sum ?? value,
          max: each.max ?? null,
        };
      }) ?? [],
  );
}

export const receivedSpans = z.array(
  z.object({
    traceId: z.string(),
    spanId: z.string(),
    parentSpanId: z.string().nullable(),
    name: z.string(),
    kind: z.number(),
    startedAt: z.number(),
    ms: z.number(),
    failed: z.boolean(),
    attributes: z.record(z.string(), z.string()),
  }),
);
