// What this project promises about telemetry, as ids that tests cite (see all.ts).

export const telemetry = {
  "telemetry.one-trace":
    "Issue 7, part 5: one trace from the HTTP request through the queue to the callback, which carries `traceparent`; a message or record of a version before still works.",
  "telemetry.nothing-private":
    "Threat model T9: no question, answer, token or URL gets into a span or a metric; names and attributes are closed lists, and values pass the belt of the log.",
  "telemetry.metrics":
    "Issue 7, part 5: metrics for questions, waits, detection delay, budget, token cache and callbacks.",
  "telemetry.costs-nothing":
    "Issue 7, part 5: without a connection string or endpoint nothing is recorded and nothing imported; with one, nothing is imported before the first piece of work is over.",
  "telemetry.harmless":
    "Issue 7, part 5: an exporter that hangs or fails slows or fails no request, holds a bounded number of spans, and ends within a second.",
  "telemetry.ask-trace":
    "Issue 7, part 5: `npm run ask -- --trace` prints the spans of its question as a tree.",
} as const;
