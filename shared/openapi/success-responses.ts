// The success bodies of an endpoint as OpenAPI responses, with the headers that belong to them.

import { STATUS_CODES } from "node:http";
import type { ZodOpenApiResponsesObject } from "zod-openapi";
import type { Content, ResponseSchemas } from "../contracts/route-contract.ts";
import type { AnyContract } from "./problem-codes.ts";
import { type HeaderName, headersOf } from "./response-headers.ts";

export function successResponses(
  contract: AnyContract,
  responses: ResponseSchemas,
): ZodOpenApiResponsesObject {
  return Object.fromEntries(
    Object.entries(responses).map(([status, content]) => [
      status,
      {
        description: DESCRIPTIONS[status] ?? STATUS_CODES[status] ?? status,
        headers: headersOf([
          ...headerNames(contract, Number(status), content),
          ...cachingHeaderNames(responses, Number(status)),
        ]),
        ...(content === null ? {} : { content: toContent(content) }),
      },
    ]),
  );
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: "Done.",
  202: "Not done yet: ask again at `Location` after `Retry-After`.",
  204: "Done; there is nothing to say.",
};

const toContent = (content: Content) =>
  Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }]));

/** Where 304 is an answer, the content has a tag. */
function cachingHeaderNames(responses: ResponseSchemas, status: number): readonly HeaderName[] {
  return 304 in responses && (status === 200 || status === 304) ? ["ETag"] : [];
}

function headerNames(contract: AnyContract, status: number, content: Content | null) {
  const names: HeaderName[] = [];
  if (status === 202) names.push("Location", "Retry-After");
  if (contract.defaultWait !== undefined) names.push("Preference-Applied");
  if (contract.defaultWait !== undefined && status === 202) names.push("Operation-Location");
  if (content !== null && "text/csv" in content) names.push("Content-Disposition");
  return names;
}
