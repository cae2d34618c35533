// The HTTP action: sends its request and, unless its asynchronous pattern is off, follows a 202 (connectors.md §1.1).

import { type ActionContext, prepareRequest } from "./action-context.ts";
import { type ActionEnd, endOf } from "./action-end.ts";
import { followLocation } from "./follow-location.ts";
import { sendRequest } from "./send-request.ts";
import type { HttpDefinition } from "./workflow-definition.ts";

export async function runHttp(
  { inputs, operationOptions }: HttpDefinition,
  context: ActionContext,
): Promise<ActionEnd> {
  const request = await prepareRequest(inputs, context);
  const first = await sendRequest(request, context.wire);
  const stays = operationOptions === "DisableAsyncPattern";
  return endOf(stays ? first : await followLocation(first, request, context.wire));
}
