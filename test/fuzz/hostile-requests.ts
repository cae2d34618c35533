// Requests that no well-meaning client sends: tokens of every wrong kind, ids that are no ids, bodies that are none,
// broken encodings, headers that claim things. Whatever comes, the answer is documented and no 5xx.

import fc from "fast-check";
import type { JsonObject, Operation } from "../support/openapi/document.ts";
import { acceptedRequests } from "./accepted-requests.ts";
import { parametersIn } from "./planned-parts.ts";
import { BAD_CALLERS, type PlannedBody, type RequestPlan } from "./request-plan.ts";

type Plants = fc.Arbitrary<(plan: RequestPlan) => RequestPlan>;

/** Already encoded. None is empty or adds a segment: then the host would call another function. */
const HOSTILE_IDS = [
  ...["%00", "%2e%2e%2f%2e%2e%2fetc", "..%2f", "..;", "%ff%fe", "%", "%zz", "%F0%9F%92%A9"],
  ...[
    "a".repeat(2_000),
    "0".repeat(31),
    `${"0".repeat(32)}%20`,
    "'%20OR%201=1--",
    "%7B%7B7*7%7D%7D",
    "~",
    "null",
  ],
];
const HOSTILE_QUERIES = [
  "%",
  "%zz=%ff",
  "&&&==&",
  "space[]=a",
  "format%00=csv",
  "__proto__[x]=1",
  `x=${"y".repeat(6_000)}`,
];
const HOSTILE_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { "X-Request-Id": "x".repeat(4_000) },
  { "X-Request-Id": "<script>alert(1)</script>" },
  { Prefer: 'wait=1, wait=2, "' },
  { Prefer: `wait=${"9".repeat(400)}` },
  { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher" },
  { "X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/admin" },
  { "x-ms-client-principal": Buffer.from("{}").toString("base64"), "x-functions-key": "guess" },
  { Range: "bytes=0-1", "If-Match": "*", "If-Modified-Since": "yesterday" },
  { "Accept-Encoding": "x".repeat(500), "Accept-Language": "\u00e9" },
  { Cookie: "a=b; ".repeat(200), Origin: "null" },
];
/** Body → what it must be refused with; where nobody reads a body it is ignored. */
const HOSTILE_BODIES: readonly (readonly [PlannedBody, readonly number[]])[] = [
  [{ made: "huge" }, [413]],
  [{ made: "huge", type: "text/plain" }, [413]],
  [{ made: "deep" }, [400]],
  [{ made: "not-utf8" }, [400]],
  [{ made: "utf16" }, [400]],
  [{ text: "" }, [400]],
  [{ text: '{"query":' }, [400]],
  [{ text: "query=x", type: "application/x-www-form-urlencoded" }, [415]],
  [{ text: "{}", type: "text/json" }, [415]],
  [{ text: "{}", type: "" }, [415]],
  [{ text: "{}", type: "junk" }, [415]],
  [{ text: "<a/>", type: "application/xml" }, [415]],
];

export function hostileRequests(
  operation: Operation,
  document: JsonObject,
): fc.Arbitrary<RequestPlan> {
  const plants = [
    ...tokenPlants(operation),
    ...idPlants(operation),
    ...bodyPlants(operation),
    fc.constantFrom(...HOSTILE_QUERIES).map(
      (rawQuery) =>
        (plan: RequestPlan): RequestPlan => ({ ...plan, rawQuery, expect: { kind: "documented" } }),
    ),
    fc.constantFrom(...HOSTILE_HEADERS).map(
      (headers) =>
        (plan: RequestPlan): RequestPlan => ({
          ...plan,
          headers: { ...plan.headers, ...headers },
          expect: { kind: "documented" },
        }),
    ),
  ];
  return fc
    .tuple(acceptedRequests(operation, document), fc.oneof(...plants))
    .map(([plan, plant]) => plant(plan));
}

function tokenPlants({ security }: Operation): Plants[] {
  if (security.length === 0) return [];
  const refused =
    (as: RequestPlan["as"]) =>
    (plan: RequestPlan): RequestPlan => ({
      ...plan,
      as,
      expect: { kind: "status", anyOf: [401] },
    });
  const otherKind =
    (as: RequestPlan["as"]) =>
    (plan: RequestPlan): RequestPlan => ({
      ...plan,
      as,
      expect: { kind: "documented" },
    });
  return [
    fc.constantFrom(...BAD_CALLERS).map(refused),
    fc.constantFrom("app" as const, "analyst" as const).map(otherKind),
  ];
}

function idPlants(operation: Operation): Plants[] {
  const names = parametersIn(operation, "path").map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    fc.tuple(fc.constantFrom(...names), fc.constantFrom(...HOSTILE_IDS)).map(
      ([name, id]) =>
        (plan: RequestPlan): RequestPlan => ({
          ...plan,
          path: { ...plan.path, [name]: id },
          // A fault elsewhere is told first (design §3.1, order of checks).
          expect: { kind: "status", anyOf: [404, 400, 403] },
        }),
    ),
  ];
}

function bodyPlants({ body, method }: Operation): Plants[] {
  const ignored = method === "POST" && body === undefined;
  if (body === undefined && !ignored) return [];
  return [
    fc.constantFrom(...HOSTILE_BODIES).map(
      ([hostile, statuses]) =>
        (plan: RequestPlan): RequestPlan => ({
          ...plan,
          body: hostile,
          expect: ignored ? { kind: "documented" } : { kind: "status", anyOf: statuses },
        }),
    ),
  ];
}
