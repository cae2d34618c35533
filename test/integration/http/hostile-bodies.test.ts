// Every kind of bad body to an ask: a 4xx problem that names the place, and the use case never runs.

import { expect } from "vitest";
import { queryObo } from "../../../shared/contracts/routes.ts";
import { verifies } from "../../support/verifies.ts";
import { anAsk, faultyPlaces, type RequestOf, serve } from "./served-route.ts";

const bytes = (body: Uint8Array, headers: object = {}): RequestOf => ({
  ...anAsk("", headers),
  body: { bytes: body },
});
const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const manyFields = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, 0]));

const table: [what: string, request: RequestOf, status: number, places: unknown[]][] = [
  ["an empty body", anAsk(""), 400, [""]],
  ["blanks", anAsk("  \n"), 400, [""]],
  ["no JSON", anAsk("query=hello"), 400, [""]],
  ["half of JSON", anAsk('{"query":"a"'), 400, [""]],
  ["JSON with a comment", anAsk('{"query":"a"/* b */}'), 400, [""]],
  ["two objects", anAsk('{"query":"a"}{"query":"b"}'), 400, [""]],
  ["a raw control character", anAsk('{"query":"a\u0001b"}'), 400, [""]],
  ["a raw line break in a string", anAsk('{"query":"a\nb"}'), 400, [""]],
  ["an escaped control character", anAsk('{"query":"a\\u0000b"}'), 400, ["/query"]],
  ["a lone surrogate", anAsk('{"query":"a\\ud83e"}'), 400, ["/query"]],
  ["an array", anAsk('[{"query":"a"}]'), 400, [""]],
  ["a string", anAsk('"a"'), 400, [""]],
  ["null", anAsk("null"), 400, [""]],
  ["no fields", anAsk({}), 400, ["/query"]],
  ["a null question", anAsk({ query: null }), 400, ["/query"]],
  ["a blank question", anAsk({ query: " \t" }), 400, ["/query"]],
  ["10,001 characters", anAsk({ query: "a".repeat(10_001) }), 400, ["/query"]],
  [
    "wrong types",
    anAsk({ query: 1, space: [], conversation_id: {} }),
    400,
    ["/query", "/conversation_id", "/space"],
  ],
  ["a bad id", anAsk({ query: "a", conversation_id: "../1" }), 400, ["/conversation_id"]],
  ["unknown fields", anAsk({ query: "a", user_id: "x", "a/b": 1 }), 400, ["/user_id", "/a~1b"]],
  ["__proto__", anAsk('{"query":"a","__proto__":{"space":"x"}}'), 400, ["/__proto__"]],
  ["the query twice, the last one bad", anAsk('{"query":"a","query":1}'), 400, ["/query"]],
  ["100,000 nested arrays", anAsk(deep), 400, [""]],
  ["100,000 nested arrays in a field", anAsk(`{"query":${deep}}`), 400, ["/query"]],
  ["100,000 open brackets", anAsk("[".repeat(100_000)), 400, [""]],
  ["UTF-16", bytes(Buffer.from('\ufeff{"query":"a"}', "utf16le")), 400, [""]],
  ["Latin-1", bytes(Buffer.from('{"query":"Größe"}', "latin1")), 400, [""]],
  ["zeros", bytes(new Uint8Array(1_000)), 400, [""]],
  ["a form", anAsk("query=a", { "Content-Type": "application/x-www-form-urlencoded" }), 415, []],
  [
    "a multipart form",
    anAsk("--x", { "Content-Type": "multipart/form-data; boundary=x" }),
    415,
    [],
  ],
  ["JSON as text", anAsk({ query: "a" }, { "Content-Type": "text/plain" }), 415, []],
  ["JSON as no type at all", anAsk({ query: "a" }, { "Content-Type": "" }), 415, []],
  ["gzip", bytes(new Uint8Array([31, 139, 8]), { "Content-Encoding": "gzip" }), 415, []],
  ["300 KB", anAsk({ query: "a".repeat(300_000) }), 413, []],
  ["300 KB said to be 10 bytes", anAsk("x".repeat(300_000), { "Content-Length": "10" }), 413, []],
];

for (const [what, request, status, places] of table) {
  verifies("http.hostile-bodies", `${what}: ${status} ${JSON.stringify(places)}`, async () => {
    const { send, inputs } = serve(queryObo);
    const answer = await send(request);
    expect([answer.status, faultyPlaces(answer)]).toEqual([status, places]);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body).toMatchObject({ status, code: expect.any(String) });
    expect(inputs).toEqual([]);
  });
}

verifies("http.unknown-fields", "5,000 of them give a short answer", async () => {
  const answer = await serve(queryObo).send(anAsk(manyFields));
  expect(faultyPlaces(answer)).toHaveLength(100);
});

verifies("http.hostile-bodies", "no answer repeats a value that was sent", async () => {
  const marker = "zq7marker";
  const fields = { query: 1, space: `${marker}!`, conversation_id: marker, other: marker };
  const answer = await serve(queryObo).send({
    ...anAsk(fields, { "Idempotency-Key": `${marker} x` }),
    target: `/genie/query-obo?max_rows=${marker}&async=${marker}&wait=${marker}&format=${marker}`,
  });
  expect(faultyPlaces(answer)).toHaveLength(9);
  expect(JSON.stringify(answer.body)).not.toContain(marker);
});

verifies("http.hostile-bodies", "a byte order mark in UTF-8 is no fault", async () => {
  const { send, inputs } = serve(queryObo);
  expect((await send(anAsk('\ufeff{"query":"a"}'))).status).toBe(200);
  expect(inputs).toHaveLength(1);
});
