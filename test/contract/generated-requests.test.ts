// Shows that the generated requests are what they are called, and that their judge turns red for each thing it is there
// for. They are sent by test/fuzz (`npm run test:contract`); here nothing is.

import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptedRequests } from "../fuzz/accepted-requests.ts";
import { faultyRequests } from "../fuzz/faulty-requests.ts";
import { hostileRequests } from "../fuzz/hostile-requests.ts";
import { createKnownThings } from "../fuzz/known-things.ts";
import { bodyFields, parametersIn } from "../fuzz/planned-parts.ts";
import type { Expectation, RequestPlan } from "../fuzz/request-plan.ts";
import { isGoodText } from "../fuzz/schema-values.ts";
import { fill } from "../fuzz/send-plan.ts";
import { type Judged, judge } from "../fuzz/verdict.ts";
import { type Operation, readDocument } from "../support/openapi/document.ts";
import { createResponseCheck } from "../support/openapi/response-check.ts";
import { createValidators } from "../support/openapi/validators.ts";
import { verifies } from "../support/verifies.ts";

const ID = "01f0a1b2c3d4e5f60718293a4b5c6d7e";
const document = readDocument();
const check = createResponseCheck(document);
const faultsOf = createValidators(document);
const things = createKnownThings({
  ...{ query: ["a question"], space: ["default"], callback_url: ["https://example.com/"] },
  ...{ conversation_id: [ID], page_token: ["token"], download: ["ticket"] },
});
const sample = { numRuns: 60, seed: 20_260_719 };
const filled = (operation: Operation, plan: RequestPlan) =>
  fill(operation, plan, { things, authorization: undefined });

/** Pointers and parameters of a request that do not fit the document. */
function wrongPlaces(operation: Operation, plan: RequestPlan): string[] {
  const { query, headers, json, bytes } = filled(operation, plan);
  const ofQuery = parametersIn(operation, "query").filter(({ name, required, schema }) => {
    const [value, second] = query.getAll(name);
    if (value === undefined) return required;
    return second !== undefined || !isGoodText(schema, value, faultsOf);
  });
  const ofHeaders = parametersIn(operation, "header").filter(({ name, required, schema }) => {
    const value = headers[name];
    return value === undefined ? required : !isGoodText(schema, value, faultsOf);
  });
  const fields = bodyFields(operation, document) ?? [];
  const ofBody = fields.filter(({ name, required, schema }) =>
    json[name] === undefined ? required : faultsOf(schema, json[name]).length > 0,
  );
  const unknown = Object.keys(json).filter((key) => !fields.some(({ name }) => name === key));
  const isObject = bytes === undefined || /^\{/.test(bytes.toString());
  return [
    ...[...ofQuery, ...ofHeaders].map(({ name }) => name),
    ...(isObject ? ofBody.map(({ name }) => `/${name}`) : [""]),
    ...unknown.map((key) => `/${key.slice(0, 128).replaceAll("~", "~0").replaceAll("/", "~1")}`),
  ];
}

for (const operation of check.operations) {
  verifies(
    "contract.generated-requests",
    `${operation.id}: good ones fit, faulty ones break one place`,
    () => {
      for (const plan of fc.sample(acceptedRequests(operation, document), sample)) {
        expect(wrongPlaces(operation, plan)).toEqual([]);
      }
      const faulty = faultyRequests(operation, document, faultsOf);
      for (const plan of faulty === undefined ? [] : fc.sample(faulty, sample)) {
        const place = plan.expect.kind === "fault" ? plan.expect.place : undefined;
        expect(wrongPlaces(operation, plan)).toEqual([place]);
      }
      for (const plan of fc.sample(hostileRequests(operation, document), sample)) {
        expect(filled(operation, plan).target).toMatch(/^\/[\x21-\x7e]*$/);
      }
    },
  );
}

test("every operation that takes something gets faulty requests", () => {
  const without = check.operations.filter(
    (each) => faultyRequests(each, document, faultsOf) === undefined,
  );
  const takesNothing = check.operations.filter(
    (each) => parametersIn(each, "query").length === 0 && each.body === undefined,
  );
  expect(without.length).toBeGreaterThan(0);
  expect(without.filter((each) => !takesNothing.includes(each))).toEqual([]);
});

const asking = check.operations.find(({ id }) => id === "AskAsUser");
if (asking === undefined) throw new Error("The document has no AskAsUser");

/** A 400 of an ask that names these pointers. */
function refusal(places: readonly string[], changes: Partial<Judged["reply"]> = {}): Judged {
  const body = JSON.stringify({
    ...{ type: "https://example.com/docs/errors#invalid_request", title: "t", status: 400 },
    ...{ detail: "d", instance: "/genie/query-obo", code: "invalid_request", request_id: "r" },
    errors: places.map((pointer) => ({ pointer, detail: "is wrong" })),
  });
  const headers = {
    "content-type": "application/problem+json",
    "x-request-id": "r",
    "cache-control": "no-store",
  };
  const reply = { method: "POST", path: "/genie/query-obo", status: 400, headers, body };
  const whole = { encoding: "utf8", size: body.length, isCutOff: false, isComplete: true } as const;
  const json = { query: "a question", callback_url: "https://example.com/" };
  return {
    operation: asking as Operation,
    as: "analyst",
    sent: {
      ...{ method: "POST", target: "/genie/query-obo", query: new URLSearchParams() },
      ...{ headers: {}, json, bytes: Buffer.from(JSON.stringify(json)) },
    },
    reply: { ...reply, ...whole, ...changes },
  };
}

const judged = (of: Judged, expected: Expectation) => () => judge(of, expected, check);
const fault = (place: string): Expectation => ({ kind: "fault", place });

verifies("contract.generated-requests", "what fits the expectation passes", () => {
  expect(judged(refusal(["/query", "/space"]), fault("/space"))).not.toThrow();
  expect(judged(refusal(["/callback_url"]), { kind: "accepted" })).not.toThrow();
  expect(judged(refusal([]), { kind: "status", anyOf: [400] })).not.toThrow();
  expect(judged(refusal([]), { kind: "documented" })).not.toThrow();
});

const wrong: [name: string, of: Judged, expected: Expectation, message: RegExp][] = [
  ["a good request refused", refusal(["/query"]), { kind: "accepted" }, /calls this request good/],
  ["a 400 that names nothing", refusal([]), { kind: "accepted" }, /calls this request good/],
  ["a fault that is not named", refusal(["/query"]), fault("/space"), /names \/space/],
  ["a fault let through", refusal(["/space"], { status: 404 }), fault("/space"), /names \/space/],
  ["another status", refusal([]), { kind: "status", anyOf: [401] }, /401 was expected/],
  ["a 5xx, documented or not", refusal([], { status: 503 }), { kind: "documented" }, /a 5xx/],
  [
    "an undocumented status",
    refusal([], { status: 418 }),
    { kind: "documented" },
    /undocumented status/,
  ],
  ["no request id", refusal([], { headers: {} }), { kind: "documented" }, /no X-Request-Id/],
  [
    "a body that does not fit",
    refusal([], { body: "{}" }),
    { kind: "documented" },
    /does not fit Problem/,
  ],
];
for (const [name, of, expected, message] of wrong) {
  verifies("contract.generated-requests", `the judge finds ${name}`, () => {
    expect(judged(of, expected)).toThrow(message);
  });
}
