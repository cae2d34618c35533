// What the exporters get from us: the facts of a span, useful histograms, a bounded number; and what the SDK would take
// from the environment by itself, past the settings that the gateway reads.

import { SpanStatusCode } from "@opentelemetry/api";
import { DataPointType, type ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { expect, vi } from "vitest";
import type { MetricName } from "../../../shared/telemetry/metrics.ts";
import { exportWith } from "../../../shared/telemetry/open-telemetry.ts";
import type { SpanRecord } from "../../../shared/telemetry/sink.ts";
import { verifies } from "../../support/verifies.ts";

const span = {
  name: "GET /x",
  kind: "client",
  traceId: "a".repeat(32),
  spanId: "b".repeat(16),
  parentSpanId: undefined,
  startedAt: 1_000,
  endedAt: 2_000,
  failed: false,
  attributes: {},
} as const;
const done = async () => {};

/** What both exporters are given, to the end. */
async function exported(record: (exporting: ReturnType<typeof exportWith>) => void) {
  const spans: ReadableSpan[] = [];
  const metrics: ResourceMetrics[] = [];
  const taken = <Items>(take: (items: Items) => void) => ({
    shutdown: done,
    forceFlush: done,
    export: (items: Items, tell: (result: { code: number }) => void) => {
      take(items);
      tell({ code: 0 });
    },
  });
  const exporting = exportWith(
    {
      spans: taken((sent: ReadableSpan[]) => spans.push(...sent)),
      metrics: taken((sent: ResourceMetrics) => metrics.push(sent)),
    },
    { version: "1", instance: "i" },
  );
  record(exporting);
  await exporting.shutdown();
  return { spans, metrics };
}
const sentAs = async (facts: Partial<SpanRecord>) =>
  (await exported((exporting) => exporting.span({ ...span, ...facts }))).spans[0];

verifies(
  "telemetry.one-trace",
  "a failed span is an error, any other is not called good",
  async () => {
    expect((await sentAs({ failed: true }))?.status.code).toBe(SpanStatusCode.ERROR);
    expect((await sentAs({}))?.status.code).toBe(SpanStatusCode.UNSET);
  },
);

verifies(
  "telemetry.one-trace",
  "the parent of a call is ours, of other work elsewhere",
  async () => {
    const parentSpanId = "c".repeat(16);
    for (const kind of ["server", "consumer", "client"] as const) {
      const parent = (await sentAs({ kind, parentSpanId }))?.parentSpanContext;
      const isRemote = kind !== "client";
      expect(parent).toMatchObject({ traceId: span.traceId, spanId: parentSpanId, isRemote });
    }
  },
);

// Values that somebody who reads a chart has to tell apart.
const APART: readonly (readonly [MetricName, readonly number[]])[] = [
  ["genie.operation.duration", [0.05, 0.2, 0.3, 400, 1_000, 2_000]],
  ["genie.budget.waiting", [0, 1, 2, 150, 250, 2_000]],
];
for (const [name, values] of APART) {
  verifies("telemetry.metrics", `${name} tells ${values.join(", ")} apart`, async () => {
    const { metrics } = await exported((exporting) => {
      for (const value of values) exporting.measurement({ name, value, attributes: {} });
    });
    const all = metrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((each) => each.metrics));
    const metric = all.find(({ descriptor }) => descriptor.name === name);
    if (metric?.dataPointType !== DataPointType.HISTOGRAM) throw new Error("no histogram");
    const counts = metric.dataPoints[0]?.value.buckets.counts.filter((count) => count > 0);
    expect(counts).toEqual(values.map(() => 1));
  });
}

verifies("telemetry.harmless", "of spans that come too fast some two thousand wait", async () => {
  vi.stubEnv("OTEL_BSP_MAX_QUEUE_SIZE", "100000");
  const { spans } = await exported((exporting) => {
    for (let count = 0; count < 5_000; count++) exporting.span(span);
  });
  expect(spans.length).toBeGreaterThanOrEqual(2_048);
  expect(spans.length).toBeLessThanOrEqual(2_048 + 512); // and those that are being sent
});

for (const size of ["0", "-1", "1000000"]) {
  verifies(
    "telemetry.harmless",
    `OTEL_BSP_MAX_EXPORT_BATCH_SIZE=${size} changes nothing`,
    async () => {
      vi.stubEnv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", size);
      const sent: number[] = [];
      const exporting = exportWith(
        {
          spans: {
            export: (spans, tell) => {
              sent.push(spans.length);
              if (sent.length < 10) tell({ code: 0 });
            },
            shutdown: done,
          },
          metrics: { export: (_, tell) => tell({ code: 0 }), shutdown: done, forceFlush: done },
        },
        { version: "1", instance: "i" },
      );
      for (let count = 0; count < 600; count++) exporting.span(span);
      await exporting.shutdown();
      expect(sent.toSorted()).toEqual([512, 88]);
    },
  );
}
