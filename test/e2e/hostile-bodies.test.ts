// Hostile bodies, parameters and headers over the real socket: each is a 4xx problem that names the field, and none is asked.

import { describe, expect } from "vitest";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import {
  answerOf,
  ask,
  expectAlwaysHeaders,
  faultyPlaces,
  type GatewayReply,
  problemOf,
} from "./gateway-client.ts";
import { type RawRequest, sendRaw } from "./raw-request.ts";

const stand = useStand("hostile-bodies");
const marker = SECRET_MARKERS.question;
const JSON_TYPE = { "content-type": "application/json" };

const json = (value: unknown) => JSON.stringify(value);
const question = (more: object) => json({ query: marker, ...more });
const tooMuch = `{"query":"${"x".repeat(256 * 1024)}"}`;

type BodyCase = readonly [
  name: string,
  raw: RawRequest,
  status: number,
  code: string,
  places: readonly string[],
];
const invalid = (name: string, body: RawRequest["body"], ...places: string[]): BodyCase => [
  name,
  body === undefined ? {} : { body },
  400,
  "invalid_request",
  places,
];

const BODIES: readonly BodyCase[] = [
  invalid("nothing", undefined, ""),
  invalid("an empty text", "", ""),
  invalid("not JSON", `query=${marker}`, ""),
  invalid("half of a JSON object", '{"query":"a', ""),
  invalid("two JSON values", '{"query":"a"}{"query":"b"}', ""),
  invalid("an array", json([{ query: marker }]), ""),
  invalid("a string", json(marker), ""),
  invalid("a number", "1", ""),
  invalid("null", "null", ""),
  invalid("UTF-16", Buffer.from(question({}), "utf16le"), ""),
  invalid("broken UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), ""),
  invalid("deep nesting", `{"query":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, "/query"),
  invalid("no query", "{}", "/query"),
  invalid("query null", json({ query: null }), "/query"),
  invalid("query a number", json({ query: 1 }), "/query"),
  invalid("query an object", json({ query: { $ne: marker } }), "/query"),
  invalid("query empty", json({ query: "" }), "/query"),
  invalid("query blank", json({ query: " \n\t\u00a0" }), "/query"),
  invalid("10,001 characters", json({ query: "x".repeat(10_001) }), "/query"),
  invalid("10,001 UTF-16 units", json({ query: `x${"\u{1f9a9}".repeat(5_000)}` }), "/query"),
  invalid("NUL in the query", json({ query: `a\u0000${marker}` }), "/query"),
  invalid("escape in the query", json({ query: `\u001b[2J${marker}` }), "/query"),
  invalid("half a surrogate pair", '{"query":"\\ud83e"}', "/query"),
  invalid("an unknown field", question({ qeury: marker }), "/qeury"),
  invalid("__proto__", '{"query":"a","__proto__":{"space":"x"}}', "/__proto__"),
  invalid("constructor", question({ constructor: 1 }), "/constructor"),
  invalid("conversation_id too short", question({ conversation_id: "123" }), "/conversation_id"),
  invalid("conversation_id a path", question({ conversation_id: "../../me" }), "/conversation_id"),
  invalid("conversation_id a number", question({ conversation_id: 5 }), "/conversation_id"),
  invalid("space in capitals", question({ space: "Default" }), "/space"),
  invalid("space an array", question({ space: ["default"] }), "/space"),
  invalid(
    "all faults at once",
    json({ query: 1, space: 2, conversation_id: 3, more: 4, "a/b": 5 }),
    "/a~1b",
    "/conversation_id",
    "/more",
    "/query",
    "/space",
  ),
  ["too large", { body: tooMuch }, 413, "payload_too_large", []],
  [
    "too large in chunks",
    { body: [tooMuch.slice(0, 200_000), tooMuch.slice(200_000)] },
    413,
    "payload_too_large",
    [],
  ],
  [
    "text/plain",
    { headers: { "content-type": "text/plain" }, body: question({}) },
    415,
    "unsupported_media_type",
    [],
  ],
  [
    "a form",
    { headers: { "content-type": "application/x-www-form-urlencoded" }, body: `query=${marker}` },
    415,
    "unsupported_media_type",
    [],
  ],
  ["no content type", { headers: {}, body: question({}) }, 415, "unsupported_media_type", []],
  [
    "application/jsonp",
    { headers: { "content-type": "application/jsonp" }, body: question({}) },
    415,
    "unsupported_media_type",
    [],
  ],
  [
    "gzip",
    { headers: { ...JSON_TYPE, "content-encoding": "gzip" }, body: question({}) },
    415,
    "unsupported_media_type",
    [],
  ],
];

const ask400 = (name: string, query: string, ...places: string[]): BodyCase => [
  name,
  { path: `/genie/query-obo?${query}`, body: question({}) },
  400,
  "invalid_request",
  places,
];
const PARAMETERS: readonly BodyCase[] = [
  ask400("wait twice", "wait=1&wait=2", "wait"),
  ask400("async twice, alike", "async=always&async=always", "async"),
  ask400("async of another kind", "async=sometimes", "async"),
  ask400("a negative wait", "wait=-1", "wait"),
  ask400("an endless wait", "wait=Infinity", "wait"),
  ask400("max_rows over the limit", "max_rows=5001", "max_rows"),
  ask400("max_rows as hex", "max_rows=0x10", "max_rows"),
  ask400("an empty max_rows", "max_rows=", "max_rows"),
  ask400("another format", "format=exe", "format"),
  ask400("three at once", "format=exe&wait=x&max_rows=y", "format", "max_rows", "wait"),
  [
    "an idempotency key with a blank",
    { headers: { ...JSON_TYPE, "idempotency-key": "a b" }, body: question({}) },
    400,
    "invalid_request",
    ["Idempotency-Key"],
  ],
  [
    "an idempotency key that is too long",
    { headers: { ...JSON_TYPE, "idempotency-key": "k".repeat(256) }, body: question({}) },
    400,
    "invalid_request",
    ["Idempotency-Key"],
  ],
];

const send = (raw: RawRequest) => sendRaw(stand(), { headers: JSON_TYPE, ...raw });

function expectRefused(reply: GatewayReply, [, , status, code, places]: BodyCase): void {
  expectAlwaysHeaders(reply.headers);
  const problem = problemOf(reply, status, code);
  expect(faultyPlaces(problem).toSorted()).toEqual(places);
  expect(problem.instance).toBe("/genie/query-obo");
  expect(reply.text).not.toContain(marker);
}

describe.concurrent("hostile bodies and parameters", () => {
  for (const attack of [...BODIES, ...PARAMETERS]) {
    const [name, raw, status] = attack;
    verifies("gateway.hostile-requests", `${name}: ${status}`, async () => {
      expectRefused(await send(raw), attack);
      expect(
        stand()
          .databricks.asks()
          .filter((asked) => asked.question.includes(marker)),
      ).toEqual([]);
    });
  }

  verifies(
    "gateway.hostile-requests",
    "thousands of unknown fields: a bounded answer",
    async () => {
      const fields = Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`f${i}`, 1]));
      const reply = await send({ body: json(fields) });
      problemOf(reply, 400, "invalid_request");
      expect(reply.text.length).toBeLessThan(20_000);
    },
  );

  verifies("http.body-size", "exactly 256 KiB is looked at, one byte more is not", async () => {
    const padded = (size: number) => `{"query":1}${" ".repeat(size - 11)}`;
    problemOf(await send({ body: padded(256 * 1024) }), 400, "invalid_request");
    problemOf(await send({ body: padded(256 * 1024 + 1) }), 413, "payload_too_large");
  });

  verifies("http.headers", "a hostile request id is replaced, a good one kept", async () => {
    for (const id of ["a b", "x".repeat(65), "<script>", "é"]) {
      const reply = await send({ headers: { ...JSON_TYPE, "x-request-id": id }, body: "{}" });
      expect(reply.headers.get("x-request-id")).not.toBe(id);
      expectAlwaysHeaders(reply.headers);
    }
    const kept = await send({ headers: { ...JSON_TYPE, "x-request-id": "my-id.1_2" }, body: "{}" });
    expect(kept.headers.get("x-request-id")).toBe("my-id.1_2");
  });

  verifies(
    "http.query-parameters",
    "unknown parameters are ignored, also when given twice",
    async () => {
      const query = "?api-version=1&sp=%2F&sv=1.0&sp=2&__proto__=1&code=none";
      const reply = await ask(stand(), "analyst", { query: "average delay by origin" }, { query });
      expect(answerOf(reply).status).toBe("completed");
    },
  );

  verifies(
    "http.question",
    "the largest question and every harmless character are taken",
    async () => {
      const questions = ["x".repeat(10_000), "Zeile\r\n\tzwei", "\u{1f9a9}\u200d\u202e", "\uffff"];
      for (const query of questions)
        stand().databricks.script((asked) => asked.question === query, { stages: [] });
      for (const query of questions) {
        const reply = await send({
          body: json({ query }),
          headers: { "content-type": "application/problem+json; charset=utf-8" },
        });
        expect(answerOf(reply).question).toBe(query);
      }
    },
  );
});
