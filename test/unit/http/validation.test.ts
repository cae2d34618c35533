// Query, body and path against a contract: what is named, and how.

import { describe, expect } from "vitest";
import * as z from "zod";
import { parseJsonBody } from "../../../shared/http/parse-json-body.ts";
import { readPathParameters } from "../../../shared/http/path-parameters.ts";
import { validateBody } from "../../../shared/http/validate-body.ts";
import { validateQuery } from "../../../shared/http/validate-query.ts";
import { verifies } from "../../support/verifies.ts";

const body = z.strictObject({
  name: z.string({ error: (i) => (i.input === undefined ? "is required" : "must be a string") }),
  note: z.string("must be a string").exactOptional(),
});
const query = z.object({
  size: z.string().regex(/^\d+$/, "must be a number").exactOptional(),
  sort: z.enum(["up", "down"], "must be up or down").default("up"),
});

describe("body", () => {
  verifies("http.null-is-absent", "null in an optional field is as if absent", () => {
    expect(validateBody(body, { name: "x", note: null })).toEqual({ value: { name: "x" } });
  });
  verifies("http.null-is-absent", "null in a required field is a missing field", () => {
    expect(validateBody(body, { name: null })).toEqual({
      faults: [{ pointer: "/name", detail: "is required" }],
    });
  });
  verifies(
    "http.unknown-fields",
    "unknown fields are named, also when null or inherited names",
    () => {
      const value: unknown = JSON.parse('{"name":"x","__proto__":1,"constructor":2,"other":null}');
      expect(validateBody(body, value)).toEqual({
        faults: ["/__proto__", "/constructor", "/other"].map((pointer) => ({
          pointer,
          detail: "is not a known field",
        })),
      });
    },
  );
  verifies("http.unknown-fields", "names are escaped as RFC 6901 says, and cut when long", () => {
    expect(validateBody(body, { name: "x", "a/b~c": 1, ["y".repeat(500)]: 1 })).toMatchObject({
      faults: [{ pointer: "/a~1b~0c" }, { pointer: `/${"y".repeat(128)}` }],
    });
  });
  verifies("http.all-faults", "all faults are listed, each field once", () => {
    expect(validateBody(body, { note: 1, more: 1 })).toEqual({
      faults: [
        { pointer: "/name", detail: "is required" },
        { pointer: "/note", detail: "must be a string" },
        { pointer: "/more", detail: "is not a known field" },
      ],
    });
  });
  for (const value of [[], null, "text", 1, true]) {
    verifies("http.hostile-bodies", `${JSON.stringify(value)} is no object`, () => {
      expect(validateBody(body, value)).toEqual({
        faults: [{ pointer: "", detail: "must be a JSON object" }],
      });
    });
  }
});

describe("JSON", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  verifies("http.hostile-bodies", "a UTF-8 byte order mark is dropped", () => {
    expect(parseJsonBody(bytes("\ufeff{}"))).toEqual({ value: {} });
  });
  for (const [what, given, detail] of [
    ["nothing", bytes(""), "a JSON body is required"],
    ["half an object", bytes('{"a":'), "must be JSON"],
    ["two values", bytes("{}{}"), "must be JSON"],
    ["a raw control character", bytes('{"a":"\u0001"}'), "must be JSON"],
    ["UTF-16", Buffer.from('\ufeff{"a":"b"}', "utf16le"), "must be UTF-8"],
    ["UTF-16 without a mark", Buffer.from("{}", "utf16le"), "must be JSON"],
    ["Latin-1", Buffer.from('{"a":"ä"}', "latin1"), "must be UTF-8"],
    ["100,000 open brackets", bytes("[".repeat(100_000)), "must be JSON"],
    ["NaN", bytes("NaN"), "must be JSON"],
  ] as const) {
    verifies("http.hostile-bodies", `${what}: ${detail}`, () => {
      expect(parseJsonBody(given)).toEqual({ fault: { pointer: "", detail } });
    });
  }
  verifies("http.hostile-bodies", "deep nesting in a field is a wrong type, not a crash", () => {
    const deep = `{"name":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const json = parseJsonBody(bytes(deep));
    const checked = validateBody(body, "value" in json ? json.value : undefined);
    expect(checked).toEqual({ faults: [{ pointer: "/name", detail: "must be a string" }] });
  });
});

describe("query", () => {
  const check = (text: string) => validateQuery(query, new URLSearchParams(text));

  verifies("http.query-parameters", "unknown ones are ignored, also twice", () => {
    expect(check("api-version=1&api-version=2&sv=1&size=3")).toEqual({
      value: { size: "3", sort: "up" },
    });
  });
  verifies(
    "http.query-parameters",
    "a known one given twice is named, also with equal values",
    () => {
      expect(check("size=3&size=3")).toEqual({
        faults: [{ parameter: "size", detail: "is given more than once" }],
      });
    },
  );
  verifies("http.query-parameters", "every bad one is named once", () => {
    expect(check("size=x&sort=&sort=up")).toEqual({
      faults: [
        { parameter: "sort", detail: "is given more than once" },
        { parameter: "size", detail: "must be a number" },
      ],
    });
  });
  verifies("http.query-parameters", "names of every object's properties are unknown ones", () => {
    expect(check("__proto__=1&constructor=2&toString=3")).toEqual({ value: { sort: "up" } });
  });
});

describe("path", () => {
  const CONVERSATION = "01f0a1b2c3d4e5f60718293a4b5c6d7e";
  const template = "genie/conversation/{conversation_id}/messages/{message_id}";

  verifies("http.path-ids", "only declared parameters are read", () => {
    const params = { conversation_id: CONVERSATION, message_id: CONVERSATION, space: "x" };
    expect(readPathParameters(template, params)).toEqual({
      conversation_id: CONVERSATION,
      message_id: CONVERSATION,
    });
  });
  for (const [id, code] of [
    ["space", "space_not_found"],
    ["conversation_id", "conversation_not_found"],
    ["message_id", "message_not_found"],
    ["attachment_id", "attachment_not_found"],
    ["operation_id", "operation_not_found"],
  ] as const) {
    for (const value of ["..", "", "a b", "x".repeat(65), "%2e%2e", `${CONVERSATION}/x`, "é"]) {
      verifies("http.path-ids", `${id} ${JSON.stringify(value)} is ${code}`, () => {
        expect(() => readPathParameters(`a/{${id}}`, { [id]: value })).toThrow(code);
      });
    }
    verifies("http.path-ids", `a missing ${id} is ${code}`, () => {
      expect(() => readPathParameters(`a/{${id}}`, {})).toThrow(code);
    });
  }
  verifies("http.path-ids", "a well-formed one passes", () => {
    const operation_id = "aBcDeFgHiJkLmNoPqRsT_-";
    expect(readPathParameters("a/{operation_id}", { operation_id })).toEqual({ operation_id });
  });
});
