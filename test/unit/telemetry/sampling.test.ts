// Which traces are kept: the same as by the samplers of OpenTelemetry's own SDK, and each as a whole, from the request through
// the queue to the callback.

import { randomBytes } from "node:crypto";
import { ROOT_CONTEXT, SpanKind, trace } from "@opentelemetry/api";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import { expect } from "vitest";
import { runQueueMessage } from "../../../shared/http/run-queue-message.ts";
import { createSampler } from "../../../shared/telemetry/sampler.ts";
import { currentTraceId, currentTraceparent, inSpan } from "../../../shared/telemetry/spans.ts";
import { recordTelemetry, stopRecordingAfterEach } from "../../support/recorded-telemetry.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

stopRecordingAfterEach();

const ratios = [0, 0.001, 0.1, 0.5, 0.999, 1];
const theirs = [
  ...ratios.flatMap((ratio) => {
    const root = new TraceIdRatioBasedSampler(ratio);
    return [
      { ratio, followsCaller: false, sampler: root },
      { ratio, followsCaller: true, sampler: new ParentBasedSampler({ root }) },
    ];
  }),
  { ratio: 1, followsCaller: false, sampler: new AlwaysOnSampler() },
  { ratio: 0, followsCaller: false, sampler: new AlwaysOffSampler() },
];

verifies("telemetry.sampling", "every sampler decides as that of the SDK", () => {
  for (const { sampler, ...sampling } of theirs) {
    const keeps = createSampler(sampling);
    for (let turn = 0; turn < 300; turn++) {
      const traceId = randomBytes(16).toString("hex");
      const flags = [undefined, "00", "01", "03", "ff"][turn % 5];
      const remote = { traceId, spanId: "b".repeat(16), isRemote: true };
      const context =
        flags === undefined
          ? ROOT_CONTEXT
          : trace.setSpanContext(ROOT_CONTEXT, {
              ...remote,
              traceFlags: Number.parseInt(flags, 16),
            });
      const { decision } = sampler.shouldSample(context, traceId, "x", SpanKind.SERVER, {}, []);
      const expected = decision === SamplingDecision.RECORD_AND_SAMPLED;
      expect(keeps(traceId, flags), `${JSON.stringify(sampling)} ${traceId} ${flags}`).toBe(
        expected,
      );
    }
  }
});

const request = { name: "POST /genie/query-app", kind: "server" } as const;
const call = { name: "GET /x", kind: "client" } as const;
const RUN = { name: "poll-genie-message", queue: "genie-poll", invocationId: "i1" };
const ID = "operation-00000000000001";

/** A request that calls out, and the run of the message it sends, which calls out too. */
async function operation(parent?: string) {
  const handed = await inSpan({ ...request, parent }, async () => {
    await inSpan(call, async () => {});
    return currentTraceparent() ?? "";
  });
  const passedOn: (string | undefined)[] = [];
  await runQueueMessage(
    { operation_id: ID, traceparent: handed },
    async () => inSpan(call, async () => void passedOn.push(currentTraceparent())),
    RUN,
  );
  return { handed, passedOn };
}

verifies("telemetry.sampling", "an operation is kept or dropped as a whole", async () => {
  const clock = createVirtualClock();
  const ratio = { ratio: 0.5, followsCaller: false };
  const whole = new Map<string, number>();
  for (let turn = 0; turn < 40; turn++) {
    const { spans } = recordTelemetry(clock, createSampler(ratio));
    const { handed, passedOn } = await operation();
    const [, traceId = "", , flags] = handed.split("-");
    expect(passedOn[0]).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-${flags}$`));
    expect(spans.length).toBe(flags === "01" ? 4 : 0);
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(flags === "01" ? 1 : 0);
    whole.set(flags ?? "", (whole.get(flags ?? "") ?? 0) + 1);
  }
  expect([...whole.keys()].toSorted()).toEqual(["00", "01"]);
});

verifies(
  "telemetry.sampling",
  "what was kept stays kept when the ratio is changed meanwhile",
  async () => {
    const { spans } = recordTelemetry(createVirtualClock(), () => false);
    const kept = { operation_id: ID, traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` };
    await runQueueMessage(kept, async () => {}, RUN);
    expect(spans).toHaveLength(1);
  },
);

const CALLER = `00-${"a".repeat(32)}-${"b".repeat(16)}`;
const flags: [followsCaller: boolean, flags: string, spans: number][] = [
  [false, "00", 4],
  [true, "00", 0],
  [true, "01", 4],
];
for (const [followsCaller, flag, count] of flags) {
  verifies("telemetry.sampling", `a caller's ${flag}, followed: ${followsCaller}`, async () => {
    const { spans } = recordTelemetry(
      createVirtualClock(),
      createSampler({ ratio: 1, followsCaller }),
    );
    const { handed } = await operation(`${CALLER}-${flag}`);
    expect(spans).toHaveLength(count);
    expect(handed).toMatch(count === 0 ? /-00$/ : /-01$/);
  });
}

verifies("telemetry.sampling", "log lines of what is dropped still name its trace", async () => {
  recordTelemetry(createVirtualClock(), () => false);
  const parent = `${CALLER}-01`;
  expect(await inSpan({ ...request, parent }, async () => currentTraceId())).toBe("a".repeat(32));
});
