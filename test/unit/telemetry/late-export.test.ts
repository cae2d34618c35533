// When the exporter is loaded, what becomes of what came before, and that it never holds anybody up.

import { afterEach, expect } from "vitest";
import { createHold } from "../../../shared/telemetry/hold.ts";
import { type Exporting, startLateExport } from "../../../shared/telemetry/late-export.ts";
import { measure } from "../../../shared/telemetry/measure.ts";
import { recording, setRecording } from "../../../shared/telemetry/sink.ts";
import { inSpan } from "../../../shared/telemetry/spans.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock, type VirtualClock } from "../../support/virtual-clock.ts";

afterEach(() => setRecording(undefined));
const request = { name: "POST /q", kind: "server" } as const;
const call = { name: "GET /x", kind: "client" } as const;
const silent = { info() {}, warn() {}, error() {} };

function start(clock: VirtualClock, overrides: Partial<Exporting> = {}, fails = false) {
  const seen: string[] = [];
  let loads = 0;
  const exporting: Exporting = {
    span: ({ name }) => void seen.push(name),
    measurement: ({ name }) => void seen.push(name),
    shutdown: async () => void seen.push("shutdown"),
    ...overrides,
  };
  const load = async () => {
    loads += 1;
    if (fails) throw new Error("broken on disk");
    return exporting;
  };
  const stop = startLateExport({ load, clock, logger: silent, sampler: () => true });
  return { seen, stop, loads: () => loads };
}

verifies(
  "telemetry.costs-nothing",
  "is loaded a second after the first piece of work, once",
  async () => {
    const clock = createVirtualClock();
    const { seen, loads } = start(clock);
    await inSpan(request, async () => {
      await inSpan(call, async () => {});
      measure("genie.questions", 1, { caller: "user" });
      expect(loads()).toBe(0);
    });
    expect([loads(), seen]).toEqual([0, []]);
    await clock.run(clock.sleep(999));
    expect(loads()).toBe(0);
    await clock.run(clock.sleep(2));
    await inSpan(request, async () => {});
    expect([loads(), seen]).toEqual([1, ["GET /x", "POST /q", "genie.questions", "POST /q"]]);
  },
);

verifies(
  "telemetry.costs-nothing",
  "a worker that did nothing loads nothing when it ends",
  async () => {
    const clock = createVirtualClock();
    const { stop, loads } = start(clock);
    await clock.run(stop());
    expect([loads(), recording()]).toEqual([0, undefined]);
  },
);

verifies("telemetry.harmless", "what came in the last moment is sent at the end", async () => {
  const clock = createVirtualClock();
  const { seen, stop } = start(clock);
  await inSpan(request, async () => {});
  await clock.run(stop());
  expect(seen).toEqual(["POST /q", "shutdown"]);
});

verifies("telemetry.harmless", "an end that hangs is waited for 0.5 s", async () => {
  const clock = createVirtualClock();
  const { stop } = start(clock, { shutdown: () => new Promise(() => {}) });
  await inSpan(request, async () => {});
  const before = clock.now();
  await clock.run(stop());
  expect(clock.now() - before).toBeLessThanOrEqual(500);
});

verifies(
  "telemetry.harmless",
  "an exporter that cannot be loaded ends the recording alone",
  async () => {
    const clock = createVirtualClock();
    const { stop } = start(clock, {}, true);
    expect(await inSpan(request, async () => "answer")).toBe("answer");
    await clock.run(clock.sleep(1_500));
    expect(recording()).toBeUndefined();
    expect(await inSpan(request, async () => "answer")).toBe("answer");
    await clock.run(stop());
  },
);

verifies("telemetry.harmless", "holds a bounded number of spans until then", () => {
  const hold = createHold(2);
  const seen: string[] = [];
  for (const name of ["1", "2", "3"]) {
    const times = { startedAt: 0, endedAt: 0, failed: false, attributes: {} };
    const ids = { traceId: "t", spanId: "s", parentSpanId: undefined };
    hold.span({ name, kind: "client", ...ids, ...times });
    hold.measurement({ name: "genie.questions", value: Number(name), attributes: {} });
  }
  const to = {
    span: ({ name }: { name: string }) => void seen.push(name),
    measurement: ({ value }: { value: number }) => void seen.push(`m${value}`),
  };
  hold.release(to);
  hold.release(to);
  expect(seen).toEqual(["1", "2", "m1", "m2"]);
});
