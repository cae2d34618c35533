// The problems of an endpoint as OpenAPI responses: one for each status, with the codes it can have and an example of
// each. What a code means is told once, in the examples of the document.

import type { oas31, ZodOpenApiResponsesObject } from "zod-openapi";
import { ERROR_CATALOGUE, ERROR_CODES, type ErrorCode } from "../errors/error-catalogue.ts";
import { problemExample } from "./examples/problem-examples.ts";
import { headersOf } from "./response-headers.ts";

const PROBLEM = "#/components/schemas/Problem";

/** Status → response; statuses in ascending order. */
export function problemResponses(codes: readonly ErrorCode[]): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(codes, (code) => ERROR_CATALOGUE[code].status);
  const statuses = [...byStatus].toSorted(([a], [b]) => a - b);
  return Object.fromEntries(
    statuses.map(([status, its]) => [String(status), problemResponse(status, its)]),
  );
}

function problemResponse(status: number, codes: readonly ErrorCode[]) {
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_CATALOGUE[code].title}.`).join(" "),
    headers: headersOf(problemHeaderNames(status)),
    content: { "application/problem+json": { schema: schemaOf(codes), examples: refsTo(codes) } },
  };
}

function problemHeaderNames(status: number) {
  if (status === 401) return ["WWW-Authenticate"] as const;
  if (status === 429 || status === 503) return ["Retry-After"] as const;
  return [];
}

/** A Problem whose code is one of these. */
function schemaOf(codes: readonly ErrorCode[]): oas31.SchemaObject {
  return { allOf: [{ $ref: PROBLEM }, { properties: { code: { enum: [...codes] } } }] };
}

function refsTo(codes: readonly ErrorCode[]): Record<string, oas31.ReferenceObject> {
  return Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
}

/** Code → an example of its problem, for `components.examples`. */
export function problemExamples(): Record<string, oas31.ExampleObject> {
  return Object.fromEntries(
    ERROR_CODES.map((code) => [
      code,
      { summary: ERROR_CATALOGUE[code].title, value: problemExample(code) },
    ]),
  );
}
