// What only the asks have in the document: examples of questions, and the notification to a `callback_url`.

import type { ZodOpenApiOperationObject } from "zod-openapi";
import { EXAMPLE_GENIE_ID } from "../contracts/ids.ts";

export const askExamples = {
  question: {
    summary: "A question",
    value: { query: "What was revenue by region last quarter?" },
  },
  followUp: {
    summary: "A follow-up in the same conversation",
    value: {
      query: "And by month?",
      conversation_id: EXAMPLE_GENIE_ID,
    },
  },
  callback: {
    summary: "A question whose end is told to a URL",
    value: {
      query: "What was revenue by region last quarter?",
      space: "default",
      callback_url: "https://prod-00.westeurope.logic.azure.com/workflows/1/triggers/manual/run",
    },
  },
};

const header = (name: string, description: string) => ({
  name,
  in: "header" as const,
  required: true,
  description,
  schema: { type: "string" as const },
});

const CALLBACK = "#/components/schemas/OperationCallback";

/** Signed by Standard Webhooks 1.0; six tries within a quarter of an hour. */
export const askCallbacks: NonNullable<ZodOpenApiOperationObject["callbacks"]> = {
  operationFinal: {
    id: "operationFinal",
    "{$request.body#/callback_url}": {
      post: {
        operationId: "OperationFinal",
        summary: "An operation is final",
        description:
          "Only a hint to look: act on what you then read at `links.result` with your own token.",
        security: [], // it carries no token of the receiver's; its signature is in the headers
        parameters: [
          header("webhook-id", "Id of the operation: the same at every try."),
          header("webhook-timestamp", "Seconds since 1970 at this try."),
          header(
            "webhook-signature",
            "`v1,` and an HMAC-SHA256 in base64 (Standard Webhooks 1.0).",
          ),
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: CALLBACK } } },
        },
        responses: {
          "2XX": { description: "Received: no more tries." },
          "4XX": { description: "No more tries, except after 408 and 429." },
          "5XX": { description: "Tried again." },
        },
      },
    },
  },
};
