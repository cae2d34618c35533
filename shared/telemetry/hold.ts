// Keeps the first spans and measurements until the exporter is loaded. Bounded: what comes beyond is dropped, since no
// telemetry is worth a worker's memory.

import type { Measurement, SpanRecord, TelemetrySink } from "./sink.ts";

/** Some 500 bytes each. A worker's first second makes a few dozen. */
const MOST = 2_048;

export interface Hold extends TelemetrySink {
  isEmpty(): boolean;
  /** Hands over what was kept, and keeps nothing of it. */
  release(to: TelemetrySink): void;
}

export function createHold(most = MOST): Hold {
  let spans: SpanRecord[] = [];
  let measurements: Measurement[] = [];
  return {
    span: (record) => {
      if (spans.length < most) spans.push(record);
    },
    measurement: (measurement) => {
      if (measurements.length < most) measurements.push(measurement);
    },
    isEmpty: () => spans.length + measurements.length === 0,
    release: (to) => {
      for (const record of spans) to.span(record);
      for (const measurement of measurements) to.measurement(measurement);
      spans = [];
      measurements = [];
    },
  };
}
