// Schemas of the asks and of what follows an ask: operation, cancel, result (design §3.2–§3.4).
// The question is checked but never changed: it travels to Genie as it came.

import * as z from "zod";
import { answerContent } from "./answer.ts";
import { humanText } from "./human-text.ts";
import { operationSchema } from "./operation.ts";
import { operationEventSchema } from "./operation-events.ts";
import { optionalField } from "./optional-field.ts";
import { GENIE_ID, SPACE_ALIAS } from "./path-parameters.ts";
import { answerFormatParameter, maxRowsParameter, waitParameters } from "./query-parameters.ts";
import { json } from "./route-contract.ts";

const QUESTION_LENGTH = 10_000;
const question = humanText(QUESTION_LENGTH)
  .refine((text) => /\S/.test(text), "must not be empty or blank")
  .meta({
    description: "The question in plain language; it is sent to Genie unchanged.",
    examples: ["What was revenue by region last quarter?"],
    override: { minLength: 1, maxLength: QUESTION_LENGTH, pattern: "\\S" },
  });

/** Visible ASCII only: a URL parser would drop the line breaks and blanks of what it is given. */
const HTTPS_URL = /^https:\/\/[\x21-\x7e]{1,2040}$/i;

/** Its form alone; whether its host may be called is the use case's to say (design §3.7). */
const callbackUrl = z
  .string("must be a string")
  .refine(
    (text) => HTTPS_URL.test(text) && URL.canParse(text),
    "must be an https URL of at most 2,048 characters",
  );

const alias = z
  .string("must be a string")
  .regex(SPACE_ALIAS, "must be the alias of a space: lower-case letters, digits and hyphens");
const conversationId = z
  .string("must be a string")
  .regex(GENIE_ID, "must be 32 hexadecimal characters")
  .toLowerCase();

const askBody = z
  .strictObject({
    query: question,
    conversation_id: optionalField(conversationId, {
      description: "Goes on with this conversation instead of beginning one.",
      examples: ["01f0a1b2c3d4e5f60718293a4b5c6d7e"],
      shown: { pattern: "^[0-9A-Fa-f]{32}$" },
    }),
    space: optionalField(alias, {
      description: "Alias of the Genie space; without it `default`.",
      examples: ["default"],
    }),
    callback_url: optionalField(callbackUrl, {
      description:
        "Where to POST a signed notification once the operation is final: https on port 443, no user information, a host that the operator allowed.",
      shown: { format: "uri", pattern: HTTPS_URL.source, maxLength: 2_048 },
    }),
  })
  .meta({ id: "Question" });
export type AskBody = z.infer<typeof askBody>;

const answerQuery = z.object({
  ...waitParameters,
  format: answerFormatParameter,
  max_rows: maxRowsParameter,
});
export type AnswerQuery = z.infer<typeof answerQuery>;

export const askInput = { query: answerQuery, body: askBody };
export const operationResultInput = { query: answerQuery };
/** A stream waits as long as it may and is always JSON: of an ask's parameters only this one means anything. */
export const operationEventsInput = { query: z.object({ max_rows: maxRowsParameter }) };

export const askResponses = { 200: answerContent, 202: json(operationSchema) };
export const operationResponses = { 200: json(operationSchema) };
export const operationEventsResponses = { 200: { "text/event-stream": operationEventSchema } };
