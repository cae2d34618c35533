// What this project promises about telemetry, as ids that tests cite (see all.ts).

export const telemetry = {
  "telemetry.one-trace":
    "Issue 7, part 5: one trace from the HTTP request through the queue to the callback, which carries `traceparent`; a message or record of a version before still works.",
  "telemetry.nothing-private":
    "Threat model T9: no question, answer, token or URL gets into a span or a metric; names and attributes are closed lists, and values pass the belt of the log.",
  "telemetry.metrics":
    "Issue 7, part 5: metrics for questions, waits, detection delay, budget, token cache and callbacks.",
  "telemetry.costs-nothing":
    "Issue 7, part 5: without a connection string or endpoint nothing is recorded and nothing imported; with one, neither SDK nor exporter is imported before the first piece of work is over.",
  "telemetry.harmless":
    "Issue 7, part 5: an exporter that hangs or fails slows or fails no request, holds a bounded number of spans, and ends within a second.",
  "telemetry.sampling":
    "Issue 7, part 5: `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` choose which traces are kept; an operation's trace is kept or dropped as a whole; a value that cannot be used is told by the setting's name and its default counts.",
  "telemetry.failures-told":
    "Issue 7, part 5: telemetry that cannot be sent is told in the log at most every ten minutes, by the kind of failure alone.",
  "telemetry.streams":
    "Issue 7, part 5: the span of a request whose body is streamed lasts as long as the body, tells how that ended, how many bytes and rows it had, and has what was called for it in it; each row file has a span without its link.",
  "telemetry.ask-trace":
    "Issue 7, part 5: `npm run ask -- --trace` prints the spans of its question as a tree.",
} as const;
