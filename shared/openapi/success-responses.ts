// The success bodies of an endpoint as OpenAPI responses, with the headers that belong to them.

import { STATUS_CODES } from "node:http";
import type { ZodType } from "zod";
import * as z from "zod";
import type { ZodOpenApiResponsesObject } from "zod-openapi";
import type { Content, ResponseSchemas } from "../contracts/route-contract.ts";
import { successExamples } from "./examples/success-examples.ts";
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
        description: describe(status, content),
        headers: headersOf([
          ...headerNames(contract, Number(status), content),
          ...cachingHeaderNames(responses, Number(status)),
        ]),
        ...(content === null ? {} : { content: toContent(content) }),
      },
    ]),
  );
}

/** What the schema says of itself, where the status says too little. */
function describe(status: string, content: Content | null): string {
  const [schema] = Object.values(content ?? {});
  const own = schema === undefined ? undefined : metaOf(schema)?.description;
  return DESCRIPTIONS[status] ?? own ?? STATUS_CODES[status] ?? status;
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  202: "Not done yet: ask again at `Location` after `Retry-After`.",
  204: "Done; there is nothing to say.",
};

const toContent = (content: Content) =>
  Object.fromEntries(
    Object.entries(content).map(([type, schema]) => {
      const examples = successExamples(type, metaOf(schema)?.id, Object.keys(content));
      return [type, examples === undefined ? { schema } : { schema, examples }];
    }),
  );

/** Of the component; of alternatives: of the first that is one. */
function metaOf(schema: ZodType) {
  const own = z.globalRegistry.get(schema);
  if (own?.id !== undefined || !(schema instanceof z.ZodUnion)) return own;
  const [first] = schema.options;
  return first === undefined ? own : z.globalRegistry.get(first);
}

/** Where 304 is an answer, the content has a tag. */
function cachingHeaderNames(responses: ResponseSchemas, status: number): readonly HeaderName[] {
  return 304 in responses && (status === 200 || status === 304) ? ["ETag"] : [];
}

function headerNames(contract: AnyContract, status: number, content: Content | null) {
  const names: HeaderName[] = [];
  if (status === 202) names.push("Location", "Retry-After");
  if (contract.defaultWait !== undefined) names.push("Preference-Applied");
  if (contract.defaultWait !== undefined && status === 200) names.push("Retry-After-Running");
  if (contract.defaultWait !== undefined && status === 202) names.push("Operation-Location");
  if (content !== null && ("text/csv" in content || "image/png" in content))
    names.push("Content-Disposition");
  return names;
}
