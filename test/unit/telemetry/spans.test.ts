// Spans and measurements: what belongs to what, what gets through the belt, and that nothing happens unless somebody
// records.

import { expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { measure } from "../../../shared/telemetry/measure.ts";
import {
  annotate,
  currentTraceparent,
  inSpan,
  unrecorded,
} from "../../../shared/telemetry/spans.ts";
import { recordTelemetry, stopRecordingAfterEach } from "../../support/recorded-telemetry.ts";
import { SECRET_MARKERS } from "../../support/secret-markers.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

stopRecordingAfterEach();
const CALLER = `00-${"a".repeat(32)}-${"b".repeat(16)}-00`;
const client = { name: "GET /x", kind: "client" } as const;
const request = { name: "POST /q", kind: "server" } as const;

verifies(
  "telemetry.one-trace",
  "a span belongs to the span around it, also across an await",
  async () => {
    const { spans } = recordTelemetry(createVirtualClock());
    await inSpan({ ...request, parent: CALLER }, async () => {
      await Promise.resolve();
      await Promise.all([inSpan(client, async () => {}), inSpan(client, async () => {})]);
    });
    const [first, second, root] = spans;
    expect(root).toMatchObject({ traceId: "a".repeat(32), parentSpanId: "b".repeat(16) });
    expect([first, second].map((span) => [span?.traceId, span?.parentSpanId])).toEqual([
      [root?.traceId, root?.spanId],
      [root?.traceId, root?.spanId],
    ]);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(3);
  },
);

verifies(
  "telemetry.one-trace",
  "what is handed on names the span around and says it is recorded",
  async () => {
    const { spans } = recordTelemetry(createVirtualClock());
    const handed = await inSpan({ ...request, parent: CALLER }, async () => currentTraceparent());
    expect(handed).toBe(`00-${"a".repeat(32)}-${spans[0]?.spanId}-01`);
    expect(currentTraceparent()).toBeUndefined();
  },
);

for (const parent of ["", "00-xyz", `00-${"0".repeat(32)}-${"b".repeat(16)}-01`, `ff-${CALLER}`]) {
  verifies(
    "telemetry.one-trace",
    `${JSON.stringify(parent)} begins a trace of its own`,
    async () => {
      const { spans } = recordTelemetry(createVirtualClock());
      await inSpan({ ...client, parent }, async () => {});
      expect(spans[0]).toMatchObject({ parentSpanId: undefined });
      expect(spans[0]?.traceId).toMatch(/^[0-9a-f]{32}$/);
    },
  );
}

const SECRETS = [
  `How late is ${SECRET_MARKERS.question}?`,
  `${SECRET_MARKERS.answer} 42`,
  `eyJ${"x".repeat(40)}`,
  `dapi${"0".repeat(32)}`,
  "https://host.example/hook?sig=abc",
];
for (const secret of SECRETS) {
  verifies("telemetry.nothing-private", `${secret.slice(0, 12)}… gets in nowhere`, async () => {
    const recorded = recordTelemetry(createVirtualClock());
    await inSpan(
      { name: secret, kind: "client", attributes: { "http.route": secret } },
      async (span) => {
        span.set("genie.operation.id", secret);
        annotate("genie.request.id", secret);
        measure("genie.questions", 1, { caller: secret });
        throw new Error(secret);
      },
    ).catch(() => {});
    expect(JSON.stringify(recorded)).not.toContain(secret);
    expect(recorded.spans).toMatchObject([{ failed: true, attributes: { "error.type": "Error" } }]);
  });
}

verifies("telemetry.nothing-private", "a failure of ours is told by its code", async () => {
  const { spans } = recordTelemetry(createVirtualClock());
  const failure = { code: "storage_unavailable", detail: SECRET_MARKERS.secret } as const;
  await inSpan(client, () => Promise.reject(new AppError(failure))).catch(() => {});
  expect(spans[0]?.attributes).toEqual({ "error.type": "storage_unavailable" });
});

verifies(
  "telemetry.metrics",
  "a time that a clock set back made negative is no measurement",
  () => {
    const { measurements } = recordTelemetry(createVirtualClock());
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2]) {
      measure("genie.operation.slot_wait", value, {});
    }
    expect(measurements.map(({ value }) => value)).toEqual([2]);
  },
);

verifies(
  "telemetry.costs-nothing",
  "while nobody records there is no span and no trace",
  async () => {
    const work = Promise.resolve(1);
    expect(inSpan(client, () => work)).toBe(work);
    expect(await inSpan(client, async () => currentTraceparent())).toBeUndefined();
    measure("genie.questions", 1, { caller: "user" });
  },
);

verifies("telemetry.harmless", "telemetry makes no telemetry of itself", async () => {
  const { spans } = recordTelemetry(createVirtualClock());
  await inSpan(client, () => unrecorded(() => inSpan(client, async () => {})));
  expect(spans).toHaveLength(1);
});
