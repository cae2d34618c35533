// Requests that the document calls good: each part made from its schema, any optional part there or not.

import fc from "fast-check";
import type { JsonObject, Operation } from "../support/openapi/document.ts";
import { goodBody, goodCallers, goodHeaders, goodPath, goodQuery } from "./planned-parts.ts";
import type { RequestPlan } from "./request-plan.ts";

/** Logic Apps adds query parameters of its own: they are ignored (design §3.1). */
const UNKNOWN_QUERY = fc.constantFrom("", "", "api-version=1", "x=%F0%9F%92%A9&y", "code=abc");

export function acceptedRequests(
  operation: Operation,
  document: JsonObject,
): fc.Arbitrary<RequestPlan> {
  const body = goodBody(operation, document);
  const types = fc.constantFrom(
    "application/json",
    "application/json; charset=utf-8",
    "application/vnd.x+json",
  );
  return fc
    .record({
      as: goodCallers(operation),
      path: goodPath(operation),
      query: goodQuery(operation),
      headers: goodHeaders(operation),
      rawQuery: UNKNOWN_QUERY,
      ...(body === undefined ? {} : { body: fc.record({ json: body, type: types }) }),
    })
    .map((plan) => ({ ...plan, expect: { kind: "accepted" } }));
}
