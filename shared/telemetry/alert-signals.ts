// The names by which alerts and workbook (infra/queries) know what the gateway tells of itself. Whoever renames a log event
// or a metric renames it there too; `npm test` keeps the two together.

import type { MetricName } from "./metrics.ts";

/** Events of the log lines. */
export const ALERT_EVENTS = {
  /** Every answered request: route, status, code. */
  request: "request",
  /** An operation is final: status. */
  operationEnded: "operation_ended",
  /** A queue or timer function failed: code. */
  runFailed: "run_failed",
  /** A run of the sweeper ended well: each minute, so that its absence says something. */
  swept: "swept",
  /** A poll, or a callback, failed five times in a row and was scheduled again. */
  poisonPoll: "poison_poll",
  poisonCallback: "poison_callback",
  /** A try to deliver a callback: outcome. */
  callbackTried: "callback_tried",
  /** Metrics or spans could not be sent (once in ten minutes a worker), or their exporter not be loaded. */
  telemetryNotSent: "telemetry_not_sent",
  telemetryNotStarted: "telemetry_not_started",
} as const;

/** Metrics that alerts and workbook read, all of them histograms, in seconds or counts. */
export const ALERT_METRICS = {
  /** Questions that wait for a slot of the budget. */
  budgetWaiting: "genie.budget.waiting",
  /** With the attribute `queue`: seconds that the oldest message has been in a poison queue. */
  poisonOldestAge: "genie.poison.oldest_age",
  /** Seconds from the question to the end of its operation. */
  operationDuration: "genie.operation.duration",
  /** With the attribute `stage`: seconds in that stage. */
  stageDuration: "genie.operation.stage_duration",
} as const satisfies Readonly<Record<string, MetricName>>;
