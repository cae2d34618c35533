// Shows that the check of the recorded answers fires on each thing it is there for, with a small document and planted
// faults; the check of the real answers is documented-responses.ts.

import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RecordedExchange } from "../../local/functions-host/http/record-exchange.ts";
import { createExchangeReport } from "../support/openapi/exchange-report.ts";
import { recordedExchanges } from "../support/openapi/recorded-exchanges.ts";
import { verifies } from "../support/verifies.ts";

/** As zod's objects are written down: open, so that fields can be added. */
const object = (properties: object) => ({
  type: "object",
  properties,
  required: Object.keys(properties),
});
const DOCUMENT = {
  openapi: "3.1.1",
  info: { title: "Things", version: "1" },
  paths: {
    "/things/{id}": {
      get: {
        operationId: "get-thing",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: {
          200: {
            description: "One thing",
            headers: { "X-Request-Id": { $ref: "#/components/headers/RequestId" } },
            content: {
              "application/json": { schema: { $ref: "#/components/schemas/Thing" } },
              "text/event-stream": {
                schema: object({ event: { const: "stage" }, data: { type: "object" } }),
              },
            },
          },
          202: {
            description: "Not yet",
            headers: { "Retry-After": { required: true, schema: { type: "integer", minimum: 1 } } },
          },
          404: { $ref: "#/components/responses/Problem" },
        },
      },
    },
  },
  components: {
    headers: { RequestId: { required: true, schema: { type: "string", minLength: 1 } } },
    schemas: { Thing: object({ name: { type: "string", format: "date-time" } }) },
    responses: {
      Problem: {
        description: "No such thing",
        content: {
          "application/problem+json": { schema: object({ code: { enum: ["no_thing"] } }) },
        },
      },
    },
  },
} as const;

const good: RecordedExchange = {
  method: "GET",
  path: "/things/1",
  route: "things/{id}",
  status: 200,
  headers: { "content-type": "application/json; charset=utf-8", "x-request-id": "r" },
  body: '{"name":"2026-07-19T10:00:00Z"}',
  encoding: "utf8",
  size: 31,
  isCutOff: false,
  isComplete: true,
};
const missing: RecordedExchange = {
  ...good,
  status: 404,
  headers: { "content-type": "application/problem+json" },
  body: '{"code":"no_thing"}',
};
const later: RecordedExchange = {
  ...good,
  status: 202,
  headers: { "retry-after": "3" },
  body: "",
  size: 0,
};
const events: RecordedExchange = {
  ...good,
  headers: { ...good.headers, "content-type": "text/event-stream" },
  body: ': here\n\nevent: stage\ndata: {"a":1}\n\n',
};
const bare: RecordedExchange = {
  ...good,
  route: undefined,
  status: 404,
  headers: {},
  body: "",
  size: 0,
};

function report(...exchanges: RecordedExchange[]) {
  const made = createExchangeReport(DOCUMENT);
  for (const exchange of exchanges) made.add(exchange);
  return made;
}

verifies("contract.documented-responses", "what is documented passes, and is counted", () => {
  const made = report(good, missing, later, events, bare);
  expect(made.faults()).toEqual([]);
  expect(made.unseenStatuses()).toEqual([]);
  expect(made.summary()).toBe(
    "4 responses, 1 bare answers of the host, 1 of 1 operations seen, 3 of 3 documented statuses seen, 0 undocumented",
  );
});

const planted: [name: string, exchange: RecordedExchange, fault: string][] = [
  ["an operation", { ...good, route: "other" }, "GET /other: undocumented operation"],
  ["another method", { ...good, method: "POST" }, "POST /things/{id}: undocumented operation"],
  ["a status", { ...good, status: 500 }, "get-thing 500: undocumented status"],
  [
    "a media type",
    { ...good, headers: { ...good.headers, "content-type": "text/html" } },
    "get-thing 200: undocumented media type text/html",
  ],
  ["no media type", { ...missing, headers: {} }, "get-thing 404: undocumented media type (none)"],
  [
    "a body where there is none",
    { ...later, body: "x", size: 1 },
    "get-thing 202: undocumented body",
  ],
  ["a missing header", { ...later, headers: {} }, "get-thing 202: header retry-after is missing"],
  [
    "a header that does not fit",
    { ...later, headers: { "retry-after": "0" } },
    "get-thing 202: header retry-after does not fit #/minimum",
  ],
  [
    "a header of the wrong type",
    { ...later, headers: { "retry-after": "Thu, 01 Jan 2026 00:00:00 GMT" } },
    "get-thing 202: header retry-after does not fit #/type",
  ],
  [
    "a header that a reference names",
    { ...good, headers: { "content-type": "application/json" } },
    "get-thing 200: header x-request-id is missing",
  ],
  [
    "an unknown field",
    { ...good, body: '{"name":"2026-07-19T10:00:00Z","secret":1}' },
    "get-thing 200: application/json does not fit #/unevaluatedProperties (secret)",
  ],
  [
    "a missing field",
    { ...good, body: "{}" },
    "get-thing 200: application/json does not fit #/required (name)",
  ],
  [
    "a wrong format",
    { ...good, body: '{"name":"yesterday"}' },
    "get-thing 200: application/json does not fit #/properties/name/format",
  ],
  ["no JSON", { ...good, body: "{" }, "get-thing 200: application/json is not what it says"],
  [
    "a code",
    { ...missing, body: '{"code":"other"}' },
    "get-thing 404: application/problem+json does not fit #/properties/code/enum",
  ],
  [
    "an event",
    { ...events, body: "event: other\ndata: {}\n\n" },
    "get-thing 200: text/event-stream does not fit #/properties/event/const",
  ],
  [
    "an event that came before the client left",
    { ...events, isComplete: false, body: "event: other\ndata: {}\n\nevent: st" },
    "get-thing 200: text/event-stream does not fit #/properties/event/const",
  ],
];
for (const [name, exchange, fault] of planted) {
  verifies("contract.documented-responses", `finds ${name}`, () => {
    expect(report(good, exchange).faults()).toEqual([`${fault} (1 times)`]);
  });
}

verifies("contract.documented-responses", "a part of a body is held against no schema", () => {
  expect(report(good, { ...good, body: "{", isCutOff: true }).faults()).toEqual([]);
  expect(report(good, { ...good, body: "{", isComplete: false }).faults()).toEqual([]);
});

verifies("contract.documented-responses", "only the host's own bare answers are excepted", () => {
  const body = "a page of the gateway";
  expect(report(good, { ...bare, size: body.length, body }).faults()).toEqual([
    "the host itself: 404 with 21 bytes is none of its bare answers (1 times)",
  ]);
  expect(report(good, { ...bare, status: 500 }).faults()).toEqual([
    "the host itself: 500 with 0 bytes is none of its bare answers (1 times)",
  ]);
});

verifies("contract.operation-coverage", "fails when nothing was recorded, or only refusals", () => {
  const never = "get-thing: never seen with a success";
  expect(report().faults()).toEqual([never, "no answer was recorded: nothing was checked"]);
  expect(report(missing).faults()).toEqual([never]);
  expect(report(good).unseenStatuses()).toEqual(["get-thing 202", "get-thing 404"]);
});

test("a fault is told once and never with what the answer held", () => {
  const secret = { ...good, body: '{"name":"quokka"}' };
  const faults = report(secret, secret).faults();
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/\(2 times\)$/);
  expect(faults.join()).not.toContain("quokka");
});

test("the unfinished last line of a killed worker is no exchange, a broken line is an error", async () => {
  const folder = await mkdtemp(join(tmpdir(), "exchanges-"));
  const file = join(folder, "1.jsonl");
  await writeFile(file, `${JSON.stringify(good)}\n{"method":"GE`);
  expect([...recordedExchanges(folder)]).toEqual([good]);
  await writeFile(file, `{"method":"GE\n${JSON.stringify(good)}\n`);
  expect(() => [...recordedExchanges(folder)]).toThrow(SyntaxError);
  await rm(folder, { recursive: true });
});

test("every configuration whose tests run the packed app records the answers", () => {
  const configurations = globSync("vitest*.config.ts").map((file) => readFileSync(file, "utf8"));
  const packing = configurations.filter((source) => source.includes("pack-app.ts"));
  expect(packing.length).toBeGreaterThanOrEqual(2);
  expect(
    packing.filter((source) => !/RECORD_EXCHANGES: "\.local\/exchanges\/\w+"/.test(source)),
  ).toEqual([]);
});
