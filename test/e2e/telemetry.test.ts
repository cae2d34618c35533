// Telemetry of the packed app over real sockets: one trace from the request through queue and poller to the callback, what
// is measured, and that a collector which hangs is nobody's trouble.

import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, vi } from "vitest";
import { writeStandFiles } from "../../local/stand/stand-files.ts";
import type { ReceivedSpan } from "../../local/telemetry/read-otlp.ts";
import { startAskBeside } from "../support/ask-program.ts";
import { startCallbackReceiver } from "../support/callback-receiver.ts";
import { leaksIn } from "../support/log-leaks.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand, writeTestLog } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { acceptedOf, answerOf, call } from "./gateway-client.ts";
import { scriptedQuestions, TWO_ROWS } from "./scripted-questions.ts";

const receiver = await startCallbackReceiver();
const traced = useStand("telemetry", {
  withTelemetry: true,
  withStorage: true,
  settings: { CALLBACK_ALLOWED_HOSTS: receiver.host, GENIE__QUESTIONS_PER_MINUTE: "60" },
});
/** Takes connections and never answers. */
const hanging = createServer(() => {});
hanging.listen(0, "127.0.0.1");
await once(hanging, "listening");
const address = hanging.address();
const port = typeof address === "object" ? address?.port : 0;
const unheard = useStand("telemetry-hanging", {
  settings: {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_BSP_SCHEDULE_DELAY: "50",
  },
});
const READ = "/genie/spaces";
const silent = useStand("telemetry-silent");

beforeAll(() => {
  receiver.serveWith(traced().certificates);
  traced().keyVault.put("genie-webhook-signing", randomBytes(32).toString("base64"));
});
afterAll(async () => {
  receiver.close();
  hanging.close();
});

const collector = () => {
  const { telemetry } = traced();
  if (telemetry === undefined) throw new Error("the stand has no collector");
  return telemetry;
};
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 100 });
const caller = () => {
  const traceId = randomBytes(16).toString("hex");
  return { traceId, traceparent: `00-${traceId}-${"c".repeat(16)}-00` };
};

verifies(
  "telemetry.one-trace",
  "goes from the question through queue and poller to the callback",
  async () => {
    const { traceId, traceparent } = caller();
    const reply = await scriptedQuestions(traced).ask(TWO_ROWS, {
      as: "app",
      query: "?async=always",
      headers: { traceparent },
      body: { callback_url: receiver.url("/traced") },
    });
    const { operation_id: id } = acceptedOf(reply);
    const { headers } = await receiver.arrival("/traced", AbortSignal.timeout(20_000));
    const spans = (): readonly ReceivedSpan[] => collector().spans(traceId);
    await eventually(() => {
      expect(spans().map(({ name }) => name)).toContain("deliver-callback");
    });
    const named = (name: string) => spans().filter((span) => span.name === name);
    const [request] = named("POST /genie/query-app");
    expect(request).toMatchObject({ parentSpanId: "c".repeat(16), failed: false });
    expect(request?.attributes).toMatchObject({
      "http.response.status_code": "202",
      "genie.operation.id": id,
    });
    expect(reply.headers.get("traceparent")).toBe(`00-${traceId}-${request?.spanId}-00`);
    const polls = named("poll-genie-message");
    expect(polls.length).toBeGreaterThan(0);
    expect(polls.every(({ parentSpanId }) => parentSpanId === request?.spanId)).toBe(true);
    const [delivery] = named("deliver-callback");
    expect(delivery).toMatchObject({ parentSpanId: request?.spanId, kind: 5 });
    const [post] = named("POST callback_url");
    expect(post).toMatchObject({ parentSpanId: delivery?.spanId, failed: false });
    expect(headers.traceparent).toBe(`00-${traceId}-${post?.spanId}-01`);
    const asked = named("POST /api/2.0/genie/spaces/{}/start-conversation");
    expect(asked).toHaveLength(1);
    const known = new Set(spans().map(({ spanId }) => spanId));
    const orphans = spans().filter(({ parentSpanId }) => !known.has(parentSpanId ?? ""));
    expect(orphans.map(({ name }) => name)).toEqual(["POST /genie/query-app"]);
  },
);

verifies("telemetry.streams", "calls behind a stream of events are part of it", async () => {
  const { traceId, traceparent } = caller();
  const asked = await scriptedQuestions(traced).ask(TWO_ROWS, { query: "?async=always" });
  const path = `/genie/operations/${acceptedOf(asked).operation_id}/events`;
  const { text } = await call(traced(), { path, as: "analyst", headers: { traceparent } });
  expect(text).toContain("event: answer");
  const spans = () => collector().spans(traceId);
  const events = () =>
    spans().find(({ name }) => name === "GET /genie/operations/{operation_id}/events");
  await eventually(() => expect(events()).toBeDefined());
  expect(events()?.attributes).toMatchObject({
    "genie.stream.end": "complete",
    "http.response.body.size": String(Buffer.byteLength(text)),
  });
  const polls = spans().filter(({ name }) => name.includes("/messages/"));
  expect(polls.length).toBeGreaterThan(0);
  const known = new Set(spans().map(({ spanId }) => spanId));
  expect(polls.every(({ parentSpanId }) => known.has(parentSpanId ?? ""))).toBe(true);
});

verifies("telemetry.ask-trace", "the terminal client shows what its question took", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "ask-trace-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeStandFiles(traced(), path.join(folder, ".local"));
  const question = `${SECRET_MARKERS.question} with its trace`;
  traced().databricks.script(question, TWO_ROWS);
  const { code, stdout, stderr } = await (await startAskBeside(folder, ["--trace", question]))
    .ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).not.toContain("Trace ");
  const [, traceId = "", count] = /^Trace ([0-9a-f]{32}): (\d+) spans/m.exec(stderr) ?? [];
  const lines = stderr.split("\n").slice(stderr.split("\n").indexOf("npm run ask") + 1, -1);
  expect(lines).toHaveLength(Number(count));
  expect(collector().spans(traceId).length).toBeGreaterThan(5);
  expect(lines[0]).toMatch(/^├─ POST \/genie\/query-obo {2}202 /);
  const asked = lines.filter((line) => line.includes("/start-conversation"));
  expect(asked).toEqual([expect.stringMatching(/^│ +[├└]─ POST .* databricks 200 /)]);
  const result = lines.filter((line) => line.startsWith("└─ "));
  expect(result).toEqual([
    expect.stringContaining("GET /genie/operations/{operation_id}/result  200"),
  ]);
});

verifies("telemetry.metrics", "are there after a question", async () => {
  const reply = await scriptedQuestions(traced).ask(TWO_ROWS, {
    query: "?wait=20",
    body: { callback_url: receiver.url("/measured") },
  });
  answerOf(reply);
  await eventually(() => {
    expect(new Set(collector().metrics.map(({ name }) => name))).toEqual(
      new Set([
        ...["genie.questions", "genie.operations.ended", "genie.token.cache"],
        ...["genie.operation.duration", "genie.operation.slot_wait", "genie.operation.genie_time"],
        ...["genie.operation.stage_duration", "genie.operation.detection_delay"],
        ...["genie.budget.waiting", "genie.budget.slots_used", "genie.callback.tries"],
      ]),
    );
  });
  const ofName = (name: string) => collector().metrics.filter((metric) => metric.name === name);
  expect(ofName("genie.questions")).toContainEqual(
    expect.objectContaining({ attributes: { caller: "user" }, unit: "{question}" }),
  );
  // The simulated Genie works for some 240 ms here, and is looked at at most every few seconds.
  const [late] = ofName("genie.operation.detection_delay");
  expect(late?.max).toBeLessThan(20);
});

verifies(
  "telemetry.nothing-private",
  "nothing of question, answer or token reaches the collector",
  async () => {
    const { traceId, traceparent } = caller();
    const reply = await scriptedQuestions(traced).ask(TWO_ROWS, {
      query: "?wait=20",
      headers: { traceparent },
    });
    const [result] = answerOf(reply).results;
    expect(result?.rows).toHaveLength(2);
    await call(traced(), { path: "/genie/spaces?secret=quokka-question-marker", as: "analyst" });
    await eventually(() => expect(collector().spans(traceId).length).toBeGreaterThan(5));
    const { text } = collector();
    expect(leaksIn(text)).toEqual([]);
    expect(text).not.toContain(receiver.host);
    await writeTestLog("telemetry-received", text);
  },
);

verifies("telemetry.harmless", "a collector that hangs slows no request and no stop", async () => {
  const looks = async (times: number) => {
    for (let turn = 0; turn < times; turn++) {
      expect((await call(unheard(), { path: READ, as: "analyst" })).status).toBe(200);
    }
  };
  const connected = once(hanging, "connection");
  await looks(10);
  await connected; // the exporter is there, and waits for an answer that never comes
  await looks(30);
  const { exited } = unheard().host;
  const [worker] = unheard().workers;
  await worker?.stop();
  expect(await exited).toBe(0); // by itself: one that does not end in 0.9 s is killed
});

verifies(
  "telemetry.one-trace",
  "without telemetry neither an answer nor a trace is any different",
  async () => {
    const { traceId, traceparent } = caller();
    const reply = await scriptedQuestions(silent).ask(TWO_ROWS, {
      query: "?wait=20",
      headers: { traceparent },
    });
    answerOf(reply);
    expect(reply.headers.get("traceparent")).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  },
);
