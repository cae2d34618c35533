// The parts of good requests to one operation, made from the document: path, query, headers, body, caller. Parts that
// only a running gateway can know are asked for by name (`known`).

import fc from "fast-check";
import {
  childOf,
  isObject,
  type JsonObject,
  type Operation,
  type Parameter,
  type Place,
} from "../support/openapi/document.ts";
import type { FuzzCaller, Text } from "./request-plan.ts";
import { goodValues } from "./schema-values.ts";

export interface BodyField {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Place;
}

/** Parameters and fields that the gateway's own answers give values for. */
const GIVEN = ["query", "page_token", "download", "conversation_id", "callback_url"];
const NOBODYS: Readonly<Record<string, string>> = {
  conversation_id: "0".repeat(32),
  message_id: "f".repeat(32),
  attachment_id: "A".repeat(32),
  operation_id: "A".repeat(22),
  space: "nowhere",
};

const known = (name: string): fc.Arbitrary<Text> =>
  fc.nat(1_000).map((pick) => ({ known: name, pick }));

/** Mostly things that are there, some that nobody has. */
export function goodPath(operation: Operation): fc.Arbitrary<Record<string, Text>> {
  const names = parametersIn(operation, "path").map(({ name }) => name);
  const there = fc.nat(1_000).map((pick) =>
    // One pick for all: the message of this conversation, the attachment of this message.
    Object.fromEntries(names.map((name) => [name, { known: nameFor(operation, name), pick }])),
  );
  const nobodys = fc.subarray(names, { minLength: Math.min(1, names.length) }).chain((missing) =>
    there.map(
      (path): Record<string, Text> => ({
        ...path,
        ...Object.fromEntries(missing.map((name) => [name, NOBODYS[name] ?? "nothing"])),
      }),
    ),
  );
  return fc.oneof({ weight: 5, arbitrary: there }, { weight: 1, arbitrary: nobodys });
}

/** A picture is another attachment than rows, and what is deleted must be nobody else's. */
function nameFor({ path, method }: Operation, name: string): string {
  if (name === "attachment_id" && path.includes("/visualizations/")) return "visualization_id";
  if (name === "conversation_id" && method === "DELETE") return "spare_conversation_id";
  return name;
}

export function goodQuery(operation: Operation): fc.Arbitrary<[string, Text][]> {
  const each = parametersIn(operation, "query").map(({ name, required, schema }) =>
    fc
      .option(goodText(name, schema), { nil: undefined, freq: required ? 1_000_000 : 1 })
      .map((value): [string, Text][] => (value === undefined ? [] : [[name, value]])),
  );
  return fc.tuple(...each).map((found) => found.flat());
}

/** Header parameters of the document, and headers that clients send to any API. */
export function goodHeaders(operation: Operation): fc.Arbitrary<Record<string, string>> {
  const documented = parametersIn(operation, "header").map(
    ({ name, required, schema }) => [name, required, goodHeader(name, schema)] as const,
  );
  const needed = documented.filter(([, required]) => required).map(([name]) => name);
  const model = {
    ...Object.fromEntries(documented.map(([name, , values]) => [name, values])),
    Accept: fc.constantFrom(
      "*/*",
      "application/json",
      "text/csv",
      "application/x-ndjson;q=0.5",
      "text/html",
      ";;",
      "a/b,,*",
    ),
    "If-None-Match": fc.constantFrom("*", '"1"', 'W/"x", "y"', "junk"),
    traceparent: fc.constantFrom(`00-${"a".repeat(32)}-${"b".repeat(16)}-01`, "00-junk", ""),
  };
  return fc.record(model, { requiredKeys: needed as never[] }) as fc.Arbitrary<
    Record<string, string>
  >;
}

function goodHeader(name: string, schema: Place): fc.Arbitrary<string> {
  if (name === "Prefer") {
    return fc.constantFrom(
      "wait=0",
      "wait=1",
      "respond-async",
      "respond-async, wait=0",
      "WAIT=1; a=b",
      "return=minimal",
      "wait=x",
      "",
    );
  }
  const texts = goodValues(schema).map(String);
  return name === "Idempotency-Key"
    ? fc.oneof(fc.constantFrom("key-1", "key-2", '"key-3"'), texts)
    : texts;
}

export function goodBody(
  operation: Operation,
  document: JsonObject,
): fc.Arbitrary<JsonObject> | undefined {
  const fields = bodyFields(operation, document);
  if (fields === undefined) return undefined;
  const model = Object.fromEntries(
    fields.map(({ name, schema }) => [name, goodText(name, schema)]),
  );
  const requiredKeys = fields.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(model, { requiredKeys: requiredKeys as never[] });
}

/** Undefined where the operation takes no body. */
export function bodyFields({ body }: Operation, document: JsonObject): BodyField[] | undefined {
  const place = body?.content.get("application/json");
  if (place === undefined) return undefined;
  const { properties = {}, required = [] } = place.value;
  return Object.keys(isObject(properties) ? properties : {}).map((name) => ({
    name,
    required: (required as string[]).includes(name),
    schema: childOf(document, { pointer: `${place.pointer}/properties`, value: {} }, name),
  }));
}

function goodText(name: string, schema: Place): fc.Arbitrary<Text> {
  const made = goodValues(schema) as fc.Arbitrary<string>;
  const text = String(schema.value.type).startsWith("string") ? made : made.map(String);
  if (name === "space")
    return mostly(fc.constantFrom("default", "default", "default", "showcase"), text);
  return GIVEN.includes(name) ? mostly(known(name), text) : text;
}

function mostly(often: fc.Arbitrary<Text>, seldom: fc.Arbitrary<Text>): fc.Arbitrary<Text> {
  return fc.oneof({ weight: 4, arbitrary: often }, { weight: 1, arbitrary: seldom });
}

/** Callers that the operation's security lets in, as far as the kind of token decides. */
export function goodCallers({ security }: Operation): fc.Arbitrary<FuzzCaller> {
  const scopes = security.flatMap((each) => Object.values(each).flat()).map(String);
  const user = scopes.some((scope) => !scope.endsWith("/.default"));
  const app = scopes.some((scope) => scope.endsWith("/.default"));
  return fc.constantFrom<FuzzCaller>(
    ...(security.length === 0 ? (["nobody"] as const) : []),
    ...(user ? (["analyst", "analyst", "analyst", "no-space"] as const) : []),
    ...(app ? (["app", "app"] as const) : []),
  );
}

export function parametersIn({ parameters }: Operation, where: Parameter["in"]): Parameter[] {
  return parameters.filter((each) => each.in === where);
}
