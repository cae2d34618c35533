// Records spans and measurements of this process in memory, for the tests of one file.

import { afterEach } from "vitest";
import type { Clock } from "../../shared/telemetry/clock.ts";
import type { Sampler } from "../../shared/telemetry/sampler.ts";
import { type Measurement, type SpanRecord, setRecording } from "../../shared/telemetry/sink.ts";

export interface Recorded {
  readonly spans: SpanRecord[];
  readonly measurements: Measurement[];
}

/** Until the end of the test. */
export function recordTelemetry(clock: Clock, sampler: Sampler = () => true): Recorded {
  const recorded: Recorded = { spans: [], measurements: [] };
  const sink = {
    span: (record: SpanRecord) => void recorded.spans.push(record),
    measurement: (measurement: Measurement) => void recorded.measurements.push(measurement),
  };
  setRecording({ sink, clock, sampler });
  return recorded;
}

/** To be called once in a file that records. */
export function stopRecordingAfterEach(): void {
  afterEach(() => setRecording(undefined));
}
