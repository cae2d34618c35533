// Bodies of the reading endpoints: spaces, conversations, messages, result pages, the signed-in user (design §3.5, §3.6).

import * as z from "zod";
import { answerSchema, columnSchema, rowSchema } from "./answer.ts";

export const spaceSchema = z.object({
  space: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
});
export const spaceListSchema = z.object({ spaces: z.array(spaceSchema) });

export const conversationSchema = z.object({
  conversation_id: z.string(),
  space: z.string(),
  title: z.string().nullable(),
  created_at: z.string().nullable(),
});
export const conversationListSchema = z.object({
  conversations: z.array(conversationSchema),
  next_page_token: z.string().exactOptional(),
});
export const messageListSchema = z.object({
  messages: z.array(answerSchema),
  next_page_token: z.string().exactOptional(),
});
export const conversationWithMessagesSchema = conversationSchema.extend({
  messages: z.array(answerSchema),
});
export const resultPageSchema = z.object({
  columns: z.array(columnSchema),
  rows: z.array(rowSchema),
  row_count: z.number().int(),
  truncated: z.boolean(),
  next_page_token: z.string().exactOptional(),
});
/** Databricks still prepares what was asked for: ask again at `Location` after `Retry-After`. */
export const preparingSchema = z.object({
  status: z.literal("running"),
  retry_after_s: z.number().int(),
  links: z.object({ self: z.string() }),
});
export const rerunSchema = z.object({ attachment_id: z.string(), statement_id: z.string() });
export const meSchema = z.object({
  user_id: z.string(),
  user_name: z.string(),
  display_name: z.string().nullable(),
  active: z.boolean(),
  workspace_url: z.string(),
});

export type SpaceBody = z.infer<typeof spaceSchema>;
export type ConversationBody = z.infer<typeof conversationSchema>;
export type ResultPage = z.infer<typeof resultPageSchema>;
export type PreparingBody = z.infer<typeof preparingSchema>;
export type Me = z.infer<typeof meSchema>;
