// Schemas of the asks and of what follows an ask: operation, cancel, result (design §3.2–§3.4).
// The question is checked but never changed: it travels to Genie as it came.

import * as z from "zod";
import { answerSchema } from "./answer.ts";
import { humanText } from "./human-text.ts";
import { operationSchema } from "./operation.ts";
import { operationEventSchema } from "./operation-events.ts";
import { GENIE_ID, SPACE_ALIAS } from "./path-parameters.ts";
import { answerFormatParameter, maxRowsParameter, waitParameters } from "./query-parameters.ts";

const question = humanText(10_000).refine((text) => /\S/.test(text), "must not be empty or blank");

/** Visible ASCII only: a URL parser would drop the line breaks and blanks of what it is given. */
const HTTPS_URL = /^https:\/\/[\x21-\x7e]{1,2040}$/i;

/** Its form alone; whether its host may be called is the use case's to say (design §3.7). */
const callbackUrl = z
  .string("must be a string")
  .refine(
    (text) => HTTPS_URL.test(text) && URL.canParse(text),
    "must be an https URL of at most 2,048 characters",
  );

const askBody = z.strictObject({
  query: question,
  conversation_id: z
    .string("must be a string")
    .regex(GENIE_ID, "must be 32 hexadecimal characters")
    .toLowerCase()
    .exactOptional(),
  space: z
    .string("must be a string")
    .regex(SPACE_ALIAS, "must be the alias of a space: lower-case letters, digits and hyphens")
    .exactOptional(),
  callback_url: callbackUrl.exactOptional(),
});
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

export const askResponses = { 200: answerSchema, 202: operationSchema };
export const operationResponses = { 200: operationSchema };
export const operationEventsResponses = { 200: operationEventSchema };
