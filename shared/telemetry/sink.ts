// What a finished span and a measurement are on their way out, and the one place of the process where they go. Nothing is
// recorded while no sink is set. On the start-up path, so it imports nothing that costs.

import type { Clock } from "./clock.ts";
import type { LogFields } from "./logger.ts";
import type { MetricName } from "./metrics.ts";
import type { Sampler } from "./sampler.ts";

export type SpanKind = "server" | "client" | "consumer" | "internal";

/** Closed, as the metrics are. Values pass the belt of safe-log-value.ts. */
export type SpanAttribute =
  | "error.type"
  | "faas.invocation_id"
  | "genie.callback.outcome"
  | "genie.operation.id"
  | "genie.operation.status"
  | "genie.request.id"
  | "genie.stream.end"
  | "genie.stream.rows"
  | "genie.try"
  | "http.request.method"
  | "http.response.body.size"
  | "http.response.status_code"
  | "http.route"
  | "messaging.destination.name"
  | "messaging.system"
  | "peer.service"
  | "server.address";

export type AttributeValue = NonNullable<LogFields[string]>;

export interface SpanRecord {
  readonly name: string;
  readonly kind: SpanKind;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

export interface Measurement {
  readonly name: MetricName;
  readonly value: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** Must neither throw nor wait. */
export interface TelemetrySink {
  span(record: SpanRecord): void;
  measurement(measurement: Measurement): void;
}

interface Recording {
  readonly sink: TelemetrySink;
  readonly clock: Clock;
  readonly sampler: Sampler;
}

let present: Recording | undefined;

/**
 * One for the process, not handed from part to part as the logger is: what a span is part of travels with the process's
 * own asynchronous context anyway, and switched off it has to cost nothing anywhere.
 */
export function setRecording(recording: Recording | undefined): void {
  present = recording;
}

export function recording(): Recording | undefined {
  return present;
}
