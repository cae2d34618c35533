// The tree that `npm run ask -- --trace` prints.

import { expect } from "vitest";
import { traceText } from "../../../../local/ask/trace-text.ts";
import { verifies } from "../../../support/verifies.ts";

const span = (spanId: string, parentSpanId: string | null, startedAt: number, more = {}) => ({
  traceId: "t1",
  spanId,
  parentSpanId,
  name: `GET /${spanId}`,
  kind: 2,
  startedAt,
  ms: 5.4,
  failed: false,
  attributes: {},
  ...more,
});

verifies("telemetry.ask-trace", "shows what ran inside what, in order of time", () => {
  const text = traceText([
    span("late", "root", 1_030),
    span("inner", "early", 1_011, { failed: true, attributes: { "error.type": "lost" } }),
    span("early", "root", 1_010, { attributes: { "http.response.status_code": "200" } }),
    span("root", "the-caller", 1_000),
    span("other", null, 1_100, { name: "a\u001b[31mb" }),
  ]);
  expect(text).toBe(
    [
      "Trace t1: 5 spans (start, duration)",
      "npm run ask",
      "├─ GET /root  (+0 ms, 5 ms)",
      "│  ├─ GET /early  200  (+10 ms, 5 ms)",
      "│  │  └─ GET /inner  failed: lost  (+11 ms, 5 ms)",
      "│  └─ GET /late  (+30 ms, 5 ms)",
      "└─ a[31mb  (+100 ms, 5 ms)",
    ].join("\n"),
  );
});

verifies("telemetry.ask-trace", "says it when there is none", () => {
  expect(traceText([])).toBe("No spans.");
});
