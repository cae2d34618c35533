// Conversations and their messages, in memory, oldest first. Who may see what is decided by the routes.

import type { JsonObject } from "../json.ts";
import type { ResultData } from "../results/result-data.ts";
import type { Timeline } from "./message-timeline.ts";
import type { AnswerAttachment } from "./scripts.ts";

export interface StoredAttachment {
  readonly attachmentId: string;
  readonly content: AnswerAttachment;
  /** Epoch ms. */
  readonly appearsAt: number;
  /** The query whose rows a visualisation shows. */
  readonly queryAttachmentId?: string;
  /** The rows to give when the SQL is executed again; absent: ask the dataset. */
  readonly rerun?: ResultData;
  statementId?: string;
}

export interface StoredMessage {
  readonly messageId: string;
  readonly conversationId: string;
  readonly spaceId: string;
  readonly userId: number;
  readonly content: string;
  readonly createdAt: number;
  timeline: Timeline;
  attachments: readonly StoredAttachment[];
  feedback?: JsonObject;
  readonly comments: JsonObject[];
}

export interface StoredConversation {
  readonly conversationId: string;
  readonly spaceId: string;
  readonly userId: number;
  readonly title: string;
  readonly createdAt: number;
  messages: StoredMessage[];
}

export interface ConversationStore {
  add(conversation: StoredConversation): void;
  find(conversationId: string): StoredConversation | undefined;
  /** Oldest first. */
  inSpace(spaceId: string): readonly StoredConversation[];
  delete(conversationId: string): void;
  findMessage(messageId: string): StoredMessage | undefined;
}

export function createConversationStore(): ConversationStore {
  const conversations = new Map<string, StoredConversation>();
  const all = () => [...conversations.values()];
  return {
    add: (conversation) => {
      conversations.set(conversation.conversationId, conversation);
    },
    find: (conversationId) => conversations.get(conversationId),
    inSpace: (spaceId) => all().filter((conversation) => conversation.spaceId === spaceId),
    delete: (conversationId) => {
      conversations.delete(conversationId);
    },
    findMessage: (messageId) =>
      all()
        .flatMap(({ messages }) => messages)
        .find((message) => message.messageId === messageId),
  };
}
