// Conversations and their messages: reading, listing, deleting. Pages of messages are turned round here, because
// Databricks lists the newest first inside a page (genie-api.md §1.6). It never asks Genie anything.

import type { Failure } from "../errors/app-error.ts";
import type { Genie, GenieConversation, GenieMessage, Page } from "../operations/genie.ts";
import { toGenieMessage } from "./message-mapping.ts";
import {
  type ConversationWire,
  conversationPageWire,
  messagePageWire,
  messageWire,
} from "./message-wire.ts";
import type { CallWorkspace } from "./workspace-call.ts";
import {
  conversationPath,
  conversationsPath,
  messagePath,
  messagesPath,
  pageOf,
} from "./workspace-paths.ts";
import { expectOk, readWorkspace } from "./workspace-read.ts";

type ConversationMethods =
  | "getMessage"
  | "listMessages"
  | "listConversations"
  | "deleteConversation";

export function createConversationReading(call: CallWorkspace): Pick<Genie, ConversationMethods> {
  return {
    async getMessage(ref) {
      const path = messagePath(ref);
      const wire = await readWorkspace(call, { path, schema: messageWire, subject: "message" });
      return toGenieMessage(wire, ref);
    },
    async listMessages(conversation, page) {
      const path = pageOf(messagesPath(conversation), page);
      const wire = await readWorkspace(call, {
        path,
        schema: messagePageWire,
        subject: "conversation",
        ...(page.pageToken === undefined ? {} : { badRequest: BAD_PAGE_TOKEN }),
      });
      const newestFirst = wire.messages.flatMap((message): readonly GenieMessage[] => {
        const messageId = message.message_id ?? message.id;
        return messageId ? [toGenieMessage(message, { ...conversation, messageId })] : [];
      });
      return toPage(newestFirst.reverse(), wire.next_page_token);
    },
    async listConversations(spaceId, page) {
      const path = pageOf(conversationsPath(spaceId), page);
      const wire = await readWorkspace(call, {
        path,
        schema: conversationPageWire,
        subject: "space",
        ...(page.pageToken === undefined ? {} : { badRequest: BAD_PAGE_TOKEN }),
      });
      return toPage(wire.conversations.flatMap(toConversation), wire.next_page_token);
    },
    async deleteConversation(conversation) {
      const path = conversationPath(conversation);
      expectOk(await call({ method: "DELETE", path, retry: "safe" }), "conversation");
    },
  };
}

const BAD_PAGE_TOKEN: Failure = {
  code: "invalid_request",
  detail: "The page token is not one that this list gave out.",
  errors: [{ parameter: "page_token", detail: "is not a page token of this list" }],
};

const toPage = <T>(items: readonly T[], nextPageToken: string | null): Page<T> =>
  nextPageToken === null ? { items } : { items, nextPageToken };

function toConversation(wire: ConversationWire): readonly GenieConversation[] {
  const conversationId = wire.conversation_id ?? wire.id;
  if (conversationId === null) return [];
  return [{ conversationId, title: wire.title, createdAt: wire.created_timestamp }];
}
