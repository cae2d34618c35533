// Every metric of the gateway (docs/telemetry.md explains them): a closed list, so that no free text gets in as a name or
// as an attribute. Times are in seconds. On the start-up path: data alone.

interface Metric {
  readonly kind: "counter" | "histogram";
  /** UCUM, as OpenTelemetry writes units. */
  readonly unit: string;
  readonly attributes: readonly string[];
}

export const METRICS = {
  "genie.questions": { kind: "counter", unit: "{question}", attributes: ["caller"] },
  "genie.operations.ended": {
    kind: "counter",
    unit: "{operation}",
    attributes: ["status", "code"],
  },
  "genie.operation.duration": { kind: "histogram", unit: "s", attributes: ["status"] },
  "genie.operation.stage_duration": { kind: "histogram", unit: "s", attributes: ["stage"] },
  "genie.operation.slot_wait": { kind: "histogram", unit: "s", attributes: [] },
  "genie.operation.genie_time": { kind: "histogram", unit: "s", attributes: ["status"] },
  "genie.operation.detection_delay": { kind: "histogram", unit: "s", attributes: [] },
  // Histograms, not gauges: they keep the greatest value between two exports, which the alerts read.
  "genie.budget.waiting": { kind: "histogram", unit: "{question}", attributes: [] },
  "genie.budget.slots_used": { kind: "histogram", unit: "{slot}", attributes: [] },
  "genie.token.cache": { kind: "counter", unit: "{lookup}", attributes: ["caller", "result"] },
  "genie.callback.tries": { kind: "counter", unit: "{try}", attributes: ["outcome"] },
  "genie.poison.oldest_age": { kind: "histogram", unit: "s", attributes: ["queue"] },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;
export type MetricAttributes<Name extends MetricName> = Readonly<
  Partial<Record<(typeof METRICS)[Name]["attributes"][number], string>>
>;
