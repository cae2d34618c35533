// Schemas of the reading endpoints: what their query may hold and what they answer (design §3.5, §3.6).
// None of them takes a body.

import * as z from "zod";
import { answerContent } from "./answer.ts";
import {
  answerFormatParameter,
  downloadParameter,
  maxRowsParameter,
  neededDownloadParameter,
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
import { json } from "./route-contract.ts";

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
    full: switchParameter.meta({
      description: "All rows, also beyond Genie's 5,000 (csv, ndjson).",
    }),
    bom: switchParameter.meta({ description: "A byte order mark in front (csv)." }),
    download: downloadParameter,
  }),
};
export const rerunInput = {
  query: z.object({ space: spaceParameter, download: downloadParameter }),
};
/** A rerun is started with POST; its Location says how to look at it. */
export const getRerunInput = {
  query: z.object({ space: spaceParameter, download: neededDownloadParameter }),
};

export const spacesResponses = { 200: json(spaceListSchema) };
export const spaceResponses = { 200: json(spaceSchema) };
export const conversationsResponses = { 200: json(conversationListSchema) };
export const conversationResponses = { 200: json(conversationWithMessagesSchema) };
export const messagesResponses = { 200: json(messageListSchema) };
export const messageResponses = { 200: answerContent };
export const resultsResponses = {
  200: {
    "application/json": resultPageSchema,
    "text/csv": z.string().meta({ description: "A line of column names, then one line a row." }),
    "application/x-ndjson": z.string().meta({ description: "One JSON object a line: a row." }),
  },
  202: json(preparingSchema),
};
export const rerunResponses = { 200: json(rerunSchema), 202: json(preparingSchema) };
export const meResponses = { 200: json(meSchema) };
export const deletedResponses = { 204: null };
