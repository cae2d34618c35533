// Bodies of the reading endpoints: spaces, conversations, messages, result pages, the signed-in user (design §3.5, §3.6).

import * as z from "zod";
import { answerSchema, columnSchema, rowSchema } from "./answer.ts";
import { genieId, spaceAlias } from "./ids.ts";

export const spaceSchema = z
  .object({
    space: spaceAlias,
    title: z
      .string()
      .nullable()
      .meta({ examples: ["Sales"] }),
    description: z.string().nullable(),
  })
  .meta({ id: "Space", description: "A Genie space that this caller may see." });
export const spaceListSchema = z
  .object({ spaces: z.array(spaceSchema) })
  .meta({ id: "SpaceList", description: "The spaces that this caller may ask." });

const nextPageToken = z
  .string()
  .meta({ description: "Send it as `page_token` for the next page; absent on the last one." })
  .exactOptional();

export const conversationSchema = z
  .object({
    conversation_id: genieId,
    space: spaceAlias,
    title: z.string().nullable(),
    created_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Conversation" });
export const conversationListSchema = z
  .object({
    conversations: z.array(conversationSchema).meta({ description: "Newest first." }),
    next_page_token: nextPageToken,
  })
  .meta({ id: "ConversationList", description: "A page of conversations." });
export const messageListSchema = z
  .object({
    messages: z.array(answerSchema).meta({ description: "Oldest first, without rows." }),
    next_page_token: nextPageToken,
  })
  .meta({ id: "MessageList", description: "A page of messages." });
export const conversationWithMessagesSchema = conversationSchema
  .extend({ messages: z.array(answerSchema).meta({ description: "The newest 20, oldest first." }) })
  .meta({ id: "ConversationWithMessages", description: "The conversation." });
export const resultPageSchema = z
  .object({
    columns: z.array(columnSchema),
    rows: z.array(rowSchema),
    row_count: z.int().min(0).meta({ description: "Rows that Databricks holds, over all pages." }),
    truncated: z.boolean().meta({ description: "Genie's limit of 5,000 rows was hit." }),
    next_page_token: nextPageToken,
  })
  .meta({ id: "ResultPage", description: "A page of rows; with another format all of Genie's." });
/** Databricks still prepares what was asked for: ask again at `Location` after `Retry-After`. */
export const preparingSchema = z
  .object({
    status: z.literal("running"),
    retry_after_s: z.int().min(1),
    links: z.object({ self: z.url().meta({ description: "As `Location`: where to ask again." }) }),
  })
  .meta({ id: "Preparing", description: "Databricks prepares what was asked for." });
export const rerunSchema = z
  .object({
    attachment_id: genieId,
    statement_id: z.string().meta({ description: "Databricks' id of the new run." }),
  })
  .meta({ id: "Rerun", description: "The SQL ran again: the rows can be read." });
export const meSchema = z
  .object({
    user_id: z.string(),
    user_name: z.string().meta({ examples: ["someone@example.com"] }),
    display_name: z.string().nullable(),
    active: z.boolean(),
    workspace_url: z.url(),
  })
  .meta({ id: "Me", description: "The signed-in user as the Databricks workspace knows them." });

export type SpaceBody = z.infer<typeof spaceSchema>;
export type ConversationBody = z.infer<typeof conversationSchema>;
export type ResultPage = z.infer<typeof resultPageSchema>;
export type PreparingBody = z.infer<typeof preparingSchema>;
export type Me = z.infer<typeof meSchema>;
