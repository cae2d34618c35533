// Schemas of the reading endpoints: what their query may hold and what they answer (design §3.5, §3.6).
// None of them takes a body.

import * as z from "zod";
import { answerSchema } from "./answer.ts";
import {
  answerFormatParameter,
  downloadParameter,
  maxRowsParameter,
  pageParameters,
  rowsFormatParameter,
  spaceParameter,
  switchParameter,
} from "./query-parameters.ts";
import {
  conversationListSchema,
  conversationWithMessagesSchema,
  meSchema,
  messageListSchema,
  preparingSchema,
  rerunSchema,
  resultPageSchema,
  spaceListSchema,
  spaceSchema,
} from "./reading.ts";

export const spaceInput = { query: z.object({ space: spaceParameter }) };
export const listInput = {
  query: z.object({ space: spaceParameter, ...pageParameters(100, 20) }),
};
export const messageInput = {
  query: z.object({
    space: spaceParameter,
    format: answerFormatParameter,
    max_rows: maxRowsParameter,
  }),
};
export const resultsInput = {
  query: z.object({
    space: spaceParameter,
    format: rowsFormatParameter,
    ...pageParameters(5_000, 1_000),
    full: switchParameter,
    bom: switchParameter,
    download: downloadParameter,
  }),
};
export const rerunInput = {
  query: z.object({ space: spaceParameter, download: downloadParameter }),
};

export const spacesResponses = { 200: spaceListSchema };
export const spaceResponses = { 200: spaceSchema };
export const conversationsResponses = { 200: conversationListSchema };
export const conversationResponses = { 200: conversationWithMessagesSchema };
export const messagesResponses = { 200: messageListSchema };
export const messageResponses = { 200: answerSchema };
/** As JSON; `csv` and `ndjson` are streams of rows. */
export const resultsResponses = { 200: resultPageSchema, 202: preparingSchema };
export const rerunResponses = { 200: rerunSchema, 202: preparingSchema };
export const meResponses = { 200: meSchema };
export const deletedResponses = { 204: null };
