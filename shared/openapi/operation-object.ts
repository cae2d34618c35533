// One contract with its texts as an OpenAPI operation.

import type { ZodType } from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";
import type { RouteText } from "../contracts/route-texts.ts";
import { askCallbacks, askExamples } from "./ask-extras.ts";
import { type AnyContract, problemCodesOf } from "./problem-codes.ts";
import { problemResponses } from "./problem-responses.ts";
import { parametersOf } from "./request-parameters.ts";
import { SECURITY_OF } from "./security.ts";
import { successResponses } from "./success-responses.ts";

export async function toOperationObject(
  contract: AnyContract,
  { tag, ...text }: RouteText,
): Promise<ZodOpenApiOperationObject> {
  const input = await contract.input?.();
  // Only an ask may name a `callback_url`.
  const isAsk = input?.body !== undefined && "callback_url" in input.body.shape;
  const responses = await contract.responses();
  return {
    ...text,
    tags: [tag],
    security: SECURITY_OF[contract.auth],
    parameters: parametersOf(contract, responses),
    ...(input === undefined ? {} : { requestParams: { query: input.query } }),
    ...(input?.body ? { requestBody: toRequestBody(input.body, isAsk) } : {}),
    responses: {
      ...successResponses(contract, responses),
      ...problemResponses(problemCodesOf(contract)),
    },
    ...(isAsk ? { callbacks: askCallbacks } : {}),
  };
}

function toRequestBody(schema: ZodType, isAsk: boolean) {
  const examples = isAsk ? { examples: askExamples } : {};
  return { required: true, content: { "application/json": { schema, ...examples } } };
}
