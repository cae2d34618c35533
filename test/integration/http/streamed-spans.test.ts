// The span of a request whose body is streamed: how long it lasts, what it says of the body, and what is part of it.

import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect } from "vitest";
import { health } from "../../../shared/contracts/routes.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { keepBodySpan, spannedEvents } from "../../../shared/http/body-span.ts";
import type { Reply } from "../../../shared/http/route-input.ts";
import { systemClock } from "../../../shared/telemetry/clock.ts";
import type { Sampler } from "../../../shared/telemetry/sampler.ts";
import { inSpan } from "../../../shared/telemetry/spans.ts";
import { recordTelemetry, stopRecordingAfterEach } from "../../support/recorded-telemetry.ts";
import { SECRET_MARKERS } from "../../support/secret-markers.ts";
import { verifies } from "../../support/verifies.ts";
import { serve } from "./served-route.ts";

stopRecordingAfterEach();
const call = { name: "GET /file", kind: "client" } as const;
const ROW = Buffer.from(`${SECRET_MARKERS.answer}\n`);
const OUTAGE = new AppError({ code: "databricks_unavailable", detail: "x" });

/** Each piece is got by a call. */
async function* pieces(count: number, error?: Error) {
  for (let made = 0; made < count; made += 1) {
    await inSpan(call, async () => {});
    yield ROW;
  }
  if (error !== undefined) throw error;
}

function aFile(count: number, error?: Error, sampler?: Sampler) {
  const recorded = recordTelemetry(systemClock, sampler);
  const stream = { type: "text/csv", pieces: pieces(count, error), rows: () => count };
  return { ...recorded, route: serve(health, { reply: async () => ({ status: 200, stream }) }) };
}

verifies("telemetry.streams", "lasts until the last byte of a file", async () => {
  const { spans, route } = aFile(3);
  const response = await route.open();
  expect(spans).toEqual([]);
  expect(await response.text()).toHaveLength(3 * ROW.length);
  const [request] = spans.slice(-1);
  expect(request?.attributes).toMatchObject({
    "http.response.status_code": 200,
    "http.response.body.size": 3 * ROW.length,
    "genie.stream.rows": 3,
    "genie.stream.end": "complete",
  });
  expect(spans.slice(0, -1).map(({ parentSpanId }) => parentSpanId)).toEqual(
    Array(3).fill(request?.spanId),
  );
  expect(JSON.stringify(spans)).not.toContain(SECRET_MARKERS.answer);
});

verifies("telemetry.streams", "a file that breaks off has failed, by its code", async () => {
  const { spans, route } = aFile(1, OUTAGE);
  await expect((await route.open()).text()).rejects.toThrow();
  expect(spans.at(-1)).toMatchObject({
    failed: true,
    attributes: { "error.type": "databricks_unavailable", "genie.stream.end": "failed" },
  });
});

verifies("telemetry.streams", "a client that leaves ends it, and is no failure", async () => {
  const { spans, route } = aFile(3);
  const reader = (await route.open()).body?.getReader();
  await reader?.read();
  expect(spans.map(({ name }) => name)).toEqual(["GET /file"]);
  await reader?.cancel();
  expect(spans.at(-1)).toMatchObject({
    name: "GET /health",
    failed: false,
    attributes: { "genie.stream.end": "gone", "http.response.body.size": ROW.length },
  });
});

verifies("telemetry.sampling", "nothing of the file of a dropped request is recorded", async () => {
  let traces = 0;
  // A call that has lost its request would be a trace of its own, and kept.
  const dropsFirst = () => traces++ > 0;
  const { spans, route } = aFile(3, undefined, dropsFirst);
  await (await route.open()).text();
  expect(spans).toEqual([]);
});

async function* stages(error?: Error) {
  await inSpan(call, async () => {});
  yield { event: "stage", data: { stage: "ASKING_AI" } };
  await inSpan(call, async () => {});
  if (error !== undefined) throw error;
}

for (const [error, told] of [
  [undefined, { failed: false, attributes: { "genie.stream.end": "complete" } }],
  [OUTAGE, { failed: true, attributes: { "error.type": "databricks_unavailable" } }],
] as const) {
  verifies("telemetry.streams", `events, ${error?.message}`, async () => {
    const { spans } = recordTelemetry(systemClock);
    const reply = async (): Promise<Reply> => ({ status: 200, events: stages(error) });
    const response = await serve(health, { reply }).open();
    expect(spans).toEqual([]);
    const text = await response.text();
    const [first, second, request] = spans;
    expect(request).toMatchObject(told);
    expect(request?.attributes["http.response.body.size"]).toBe(Buffer.byteLength(text));
    expect([first?.parentSpanId, second?.parentSpanId]).toEqual([request?.spanId, request?.spanId]);
  });
}

verifies("telemetry.streams", "events whose client leaves go on without the span", async () => {
  const { spans } = recordTelemetry(systemClock);
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const sent = await inSpan({ name: "GET /e", kind: "server" }, async () => {
    async function* text() {
      yield "one";
      response.emit("close");
      yield "two";
    }
    return spannedEvents(text(), keepBodySpan(), response);
  });
  expect(spans).toEqual([]);
  const pieces: string[] = [];
  for await (const piece of sent) pieces.push(piece);
  expect(pieces).toEqual(["one", "two"]);
  expect(spans).toMatchObject([{ attributes: { "genie.stream.end": "gone" } }]);
  expect(spans[0]?.attributes["http.response.body.size"]).toBe(3);
});
