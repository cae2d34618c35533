// What the log says when telemetry cannot be sent: the kind of failure, seldom, and nothing of what was sent or where to.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { createJsonLogger } from "../../../shared/telemetry/json-logger.ts";
import { exportWith } from "../../../shared/telemetry/open-telemetry.ts";
import { createOtlpExporters } from "../../../shared/telemetry/otlp-exporters.ts";
import {
  createFailureReport,
  reportFailuresOf,
} from "../../../shared/telemetry/report-failures.ts";
import { SECRET_MARKERS } from "../../support/secret-markers.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

interface Result {
  readonly code: number;
  readonly error?: unknown;
}
type Done = (result: Result) => void;

function failing(send: (items: string, done: Done) => void) {
  const clock = createVirtualClock();
  const lines: Record<string, unknown>[] = [];
  const logger = createJsonLogger(clock, (_, line) => lines.push(JSON.parse(line)));
  const report = createFailureReport(logger, clock);
  const exporter = { export: send };
  reportFailuresOf(exporter, "spans", { report, clock });
  const told: Result[] = [];
  return {
    clock,
    lines,
    told,
    send: () => exporter.export("items", (result) => told.push(result)),
  };
}

const error = (fields: object, message = `POST https://x/?key=${SECRET_MARKERS.secret}`) =>
  Object.assign(new Error(message), fields);
const kinds: [error: unknown, reason: string][] = [
  [error({ code: "ECONNREFUSED" }), "ECONNREFUSED"],
  [error({ code: 401, data: SECRET_MARKERS.secret }), "401"],
  [error({ code: "REQUEST_SEND_ERROR", statusCode: 403 }), "403"],
  [error({}, "Request timed out"), "no_answer"],
  [error({}, "Export failed with retryable status"), "unavailable"],
  [error({ name: "TypeError" }), "TypeError"],
  [error({ name: `a ${SECRET_MARKERS.question}` }), "[redacted]"],
  [
    new AppError({ code: "identity_provider_unavailable", detail: "x" }),
    "identity_provider_unavailable",
  ],
  [undefined, "unknown"],
  ["text", "unknown"],
];
for (const [thrown, reason] of kinds) {
  verifies("telemetry.failures-told", `${reason} is told, and nothing else`, async () => {
    const { lines, told, send, clock } = failing((_, done) => done({ code: 1, error: thrown }));
    send();
    await clock.run(clock.sleep(1));
    const { time, ...line } = lines[0] ?? {};
    expect(line).toEqual({ level: "warn", event: "telemetry_not_sent", signal: "spans", reason });
    expect(time).toBeDefined();
    expect(told).toEqual([{ code: 1, error: thrown }]); // whoever sends learns it as before
  });
}

verifies(
  "telemetry.failures-told",
  "one line in ten minutes; what is sent is not told",
  async () => {
    let code = 0;
    const { lines, send, clock } = failing((_, done) => done({ code }));
    const turn = async (ms: number) => {
      send();
      await clock.run(clock.sleep(ms));
    };
    await turn(5_000);
    expect(lines).toEqual([]);
    code = 1;
    for (let time = 0; time < 20; time++) await turn(60_000);
    expect(lines).toHaveLength(2);
  },
);

verifies("telemetry.failures-told", "metrics that fail do not hide spans that fail", () => {
  const clock = createVirtualClock();
  const signals: unknown[] = [];
  const logger = createJsonLogger(clock, (_, line) => signals.push(JSON.parse(line).signal));
  const report = createFailureReport(logger, clock);
  for (const signal of ["metrics", "spans", "metrics", "spans"] as const) report(signal, "away");
  expect(signals).toEqual(["metrics", "spans"]);
});

verifies("telemetry.failures-told", "an endpoint that never answers is told, too", async () => {
  const { lines, send, clock } = failing(() => {});
  send();
  await clock.run(clock.sleep(20_000));
  expect(lines).toMatchObject([{ reason: "no_answer" }]);
});

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => void close()));

verifies(
  "telemetry.failures-told",
  "a collector that refuses, asked by the real exporter",
  async () => {
    const server = createServer((_, response) => {
      response
        .writeHead(401, SECRET_MARKERS.secret.replaceAll(/[^\w]/g, ""))
        .end(SECRET_MARKERS.secret);
    }).listen(0, "127.0.0.1");
    closers.push(() => server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const clock = createVirtualClock();
    const lines: string[] = [];
    const logger = createJsonLogger(clock, (_, line) => lines.push(line));
    const report = createFailureReport(logger, clock);
    const exporters = createOtlpExporters(`http://127.0.0.1:${port}`);
    reportFailuresOf(exporters.spans, "spans", { report, clock });
    reportFailuresOf(exporters.metrics, "metrics", { report, clock });
    const exporting = exportWith(exporters, { version: "1", instance: "x" });
    exporting.measurement({ name: "genie.questions", value: 1, attributes: {} });
    await exporting.shutdown();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ signal: "metrics", reason: "401" });
    expect(lines[0]).not.toContain("127.0.0.1");
  },
);
