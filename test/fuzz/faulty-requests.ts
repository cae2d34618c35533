// Good requests with one planted fault: a value that breaks its schema, a parameter given twice, a required part left
// out, a field that nobody knows, a body that is no object. The answer must be a 400 that names the place.

import fc from "fast-check";
import type { JsonObject, Operation, Place } from "../support/openapi/document.ts";
import type { FaultsOf } from "../support/openapi/validators.ts";
import { acceptedRequests } from "./accepted-requests.ts";
import { type BodyField, bodyFields, parametersIn } from "./planned-parts.ts";
import type { RequestPlan } from "./request-plan.ts";
import { faultyTexts, faultyValues, goodValues } from "./schema-values.ts";

type Plant = (plan: RequestPlan) => RequestPlan;
type Plants = fc.Arbitrary<Plant>;

/** A header that no HTTP client can send tells nothing of the gateway. */
const SENDABLE = /^[\x20-\x7e\x80-\xff]*$/;
/** Another form than the documented one is replaced, and never a fault (design §3.1 "Headers"). */
const REPLACED = ["X-Request-Id"];
const UNKNOWN_FIELDS = [
  "Query",
  "question",
  "__proto__",
  "constructor",
  "a/b~c",
  "",
  "💩",
  "x".repeat(300),
];

/** Undefined where the operation takes nothing that could be wrong. */
export function faultyRequests(
  operation: Operation,
  document: JsonObject,
  faultsOf: FaultsOf,
): fc.Arbitrary<RequestPlan> | undefined {
  const plants = [
    ...queryPlants(operation, faultsOf),
    ...headerPlants(operation, faultsOf),
    ...bodyPlants(bodyFields(operation, document), faultsOf),
  ];
  if (plants.length === 0) return undefined;
  return fc
    .tuple(acceptedRequests(operation, document), fc.oneof(...plants))
    .map(([plan, plant]) => plant(plan));
}

function queryPlants(operation: Operation, faultsOf: FaultsOf): Plants[] {
  return parametersIn(operation, "query").flatMap(({ name, required, schema }) => {
    const wrong = faultyTexts(schema, faultsOf);
    const put =
      (...values: string[]): Plant =>
      (plan) => ({
        ...plan,
        query: [...without(plan.query, name), ...values.map((value) => [name, value] as const)],
        expect: { kind: "fault", place: name },
      });
    const twice = textsOf(schema).map((text) => put(text, text));
    return [
      twice,
      ...(wrong === undefined ? [] : [wrong.map((text) => put(text))]),
      ...(required ? [fc.constant(put())] : []),
    ];
  });
}

function headerPlants(operation: Operation, faultsOf: FaultsOf): Plants[] {
  const headers = parametersIn(operation, "header").filter(({ name }) => !REPLACED.includes(name));
  return headers.flatMap(({ name, required, schema }) => {
    const put =
      (value?: string): Plant =>
      (plan) => {
        const { [name]: _replaced, ...headersLeft } = plan.headers;
        const added = value === undefined ? {} : { [name]: value };
        return {
          ...plan,
          headers: { ...headersLeft, ...added },
          expect: { kind: "fault", place: name },
        };
      };
    // A client trims blanks at both ends, and an empty header counts as one that is there.
    const wrong = faultyTexts(schema, faultsOf)?.filter(
      (text) => SENDABLE.test(text) && text.trim() === text,
    );
    return [
      ...(wrong === undefined ? [] : [wrong.map(put)]),
      ...(required ? [fc.constant(put())] : []),
    ];
  });
}

function bodyPlants(fields: readonly BodyField[] | undefined, faultsOf: FaultsOf): Plants[] {
  if (fields === undefined) return [];
  const each = fields.flatMap(({ name, required, schema }) => [
    faultyValues(schema, faultsOf).map((value) => withField(name, value)),
    // In an optional field null is as if absent (design §3.1).
    ...(required
      ? [fc.constant(withField(name, null)), fc.constant(withField(name, undefined))]
      : []),
  ]);
  const unknown = fc.tuple(
    fc.constantFrom(...UNKNOWN_FIELDS),
    fc.constantFrom<unknown>(null, 1, "x", {}),
  );
  const notAnObject = fc.constantFrom<unknown>([], [{}], "text", 1, true, null);
  return [
    ...each,
    unknown.map(([name, value]) => withField(name, value)),
    notAnObject.map(
      (json): Plant =>
        (plan) => ({ ...plan, body: { json }, expect: { kind: "fault", place: "" } }),
    ),
  ];
}

/** Undefined leaves the field out. */
function withField(name: string, value: unknown): Plant {
  return (plan) => {
    const before = plan.body !== undefined && "json" in plan.body ? plan.body.json : {};
    const kept = Object.entries(before as JsonObject).filter(([each]) => each !== name);
    // fromEntries makes a field named __proto__ like any other.
    const json = Object.fromEntries([
      ...kept,
      ...(value === undefined ? [] : [[name, value] as const]),
    ]);
    const short = name.slice(0, 128).replaceAll("~", "~0").replaceAll("/", "~1");
    return { ...plan, body: { json }, expect: { kind: "fault", place: `/${short}` } };
  };
}

function textsOf(schema: Place): fc.Arbitrary<string> {
  return goodValues(schema).map(String);
}

function without(query: RequestPlan["query"], name: string) {
  return query.filter(([each]) => each !== name);
}
