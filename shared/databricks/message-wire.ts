// Genie's messages, conversations and spaces as they come over the wire (genie-api.md §1.3). Unknown fields are
// dropped, missing arrays are [], missing texts null. snake_case ends where message-mapping.ts begins.

import * as z from "zod";
import { wireCount, wireId, wireList, wireText, wireTime } from "./wire-values.ts";

const textAttachment = z.object({ content: wireText, purpose: wireText, phase: wireText });

const queryAttachment = z.object({
  /** Legacy; equal to `attachment_id`. */
  id: wireId,
  title: wireText,
  description: wireText,
  query: wireText,
  statement_id: wireId,
  query_result_metadata: z
    .object({ row_count: wireCount, is_truncated: z.boolean().nullish() })
    .nullish(),
});

/** Holds exactly one of the four; an attachment of a kind unknown to us holds none. */
const attachmentWire = z.object({
  attachment_id: wireId,
  text: textAttachment.nullish(),
  query: queryAttachment.nullish(),
  suggested_questions: z.object({ questions: wireList(z.string()) }).nullish(),
  viz: z.object({ title: wireText }).nullish(),
});
export type AttachmentWire = z.output<typeof attachmentWire>;

export const messageWire = z.object({
  message_id: wireId,
  /** Legacy; equal to `message_id`. */
  id: wireId,
  conversation_id: wireId,
  content: wireText,
  /** Any text: unknown states are not terminal (the documentation itself shows `IN_PROGRESS`). */
  status: wireText,
  attachments: wireList(attachmentWire),
  error: z.object({ error: wireText, type: wireText }).nullish(),
  created_timestamp: wireTime,
  last_updated_timestamp: wireTime,
});
export type MessageWire = z.output<typeof messageWire>;

export const startedWire = z.object({
  conversation_id: wireId,
  message_id: wireId,
  conversation: z.object({ conversation_id: wireId, id: wireId }).nullish(),
  message: messageWire.nullish(),
});

export const messagePageWire = z.object({
  messages: wireList(messageWire),
  next_page_token: wireText,
});

const conversationWire = z.object({
  conversation_id: wireId,
  id: wireId,
  title: wireText,
  created_timestamp: wireTime,
});
export type ConversationWire = z.output<typeof conversationWire>;

export const conversationPageWire = z.object({
  conversations: wireList(conversationWire),
  next_page_token: wireText,
});

export const spaceWire = z.object({ title: wireText, description: wireText });

export const currentUserWire = z.object({
  id: wireId,
  userName: wireText,
  displayName: wireText,
  active: z.boolean().nullish(),
});
