// What a request can carry besides its body, as OpenAPI parameters: ids of the path, the query, the headers that count.

import type { oas31 } from "zod-openapi";
import { EXAMPLE_GENIE_ID, EXAMPLE_OPERATION_ID } from "../contracts/ids.ts";
import { pathParameterNames, pathParameterRule } from "../contracts/path-parameters.ts";
import type { ResponseSchemas } from "../contracts/route-contract.ts";
import { PATH_PARAMETER_TEXTS } from "../contracts/route-texts.ts";
import type { AnyContract } from "./problem-codes.ts";

/** Parameters of the path and the headers; the query comes from its schema. */
export function parametersOf(
  contract: AnyContract,
  responses: ResponseSchemas,
): oas31.ParameterObject[] {
  return [
    ...pathParameterNames(contract.path).map(pathParameter),
    ...headerParameters(contract),
    ...(304 in responses ? [IF_NONE_MATCH] : []),
  ];
}

const EXAMPLES: Readonly<Record<string, string>> = {
  space: "default",
  operation_id: EXAMPLE_OPERATION_ID,
  file: "pages-4dd908e7b3aec0a0.css",
};

/** The form is not part of the schema: an id of the wrong form is a 404 like any other that is not known. */
function pathParameter(name: string): oas31.ParameterObject {
  if (pathParameterRule(name) === undefined) throw new Error(`no rule for {${name}}`);
  return {
    name,
    in: "path",
    required: true,
    description: PATH_PARAMETER_TEXTS[name] ?? "",
    schema: { type: "string", examples: [EXAMPLES[name] ?? EXAMPLE_GENIE_ID] },
  };
}

function headerParameters(contract: AnyContract): oas31.ParameterObject[] {
  const { defaultWait, idempotencyKey } = contract;
  return [
    REQUEST_ID,
    ...(defaultWait === undefined ? [] : [PREFER]),
    ...(idempotencyKey === undefined ? [] : [keyParameter(idempotencyKey === "required")]),
  ];
}

const REQUEST_ID: oas31.ParameterObject = {
  name: "X-Request-Id",
  in: "header",
  description: "Comes back on the answer; another form than this one is replaced.",
  schema: { type: "string", pattern: "^[A-Za-z0-9._-]{1,64}$" },
};

const PREFER: oas31.ParameterObject = {
  name: "Prefer",
  in: "header",
  description:
    "`wait=N` seconds, `respond-async`, or both (RFC 7240); what is not known is ignored.",
  schema: { type: "string", examples: ["wait=30"] },
};

const IF_NONE_MATCH: oas31.ParameterObject = {
  name: "If-None-Match",
  in: "header",
  description:
    "`ETag` of the copy that you have: 304 when it is still the right one (RFC 9110 §13.1.2).",
  schema: { type: "string", examples: ['"4dd908e7b3aec0a0-br"'] },
};

const keyParameter = (required: boolean): oas31.ParameterObject => ({
  name: "Idempotency-Key",
  in: "header",
  required,
  description: required
    ? "The key of the ask."
    : "The same key, path and body within 24 h is the same operation, never asked twice.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[!-~]{1,255}$" },
});
