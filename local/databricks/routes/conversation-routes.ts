// Reading and deleting conversations and messages. Lists go back in time, newest first.

import { messageWire } from "../genie/message-wire.ts";
import { requireLevel, visibleSpace } from "../grants.ts";
import type { Handle } from "../http/call.ts";
import { pageNewestFirst } from "../http/page.ts";
import { ok } from "../http/reply.ts";
import { compact } from "../json.ts";
import { ownConversation, ownMessage } from "./find-message.ts";

export const listConversations: Handle = ({ caller, path, query }, workspace) => {
  const { spaceId } = visibleSpace(workspace, caller, path.spaceId);
  const everybody = query.get("include_all") === "true";
  if (everybody) requireLevel(caller, spaceId, "CAN_MANAGE");
  const listed = workspace.conversations
    .inSpace(spaceId)
    .filter(({ userId }) => everybody || userId === caller.userId);
  const page = pageNewestFirst(listed, ({ conversationId }) => conversationId, query);
  const conversations = page.items.map((conversation) =>
    compact({
      conversation_id: conversation.conversationId,
      title: conversation.title,
      created_timestamp: conversation.createdAt,
      agent_type: "GENIE_CONVERSATION_TYPE_CHAT",
    }),
  );
  return ok(compact({ conversations, next_page_token: page.nextPageToken }));
};

export const deleteConversation: Handle = (call, workspace) => {
  workspace.conversations.delete(ownConversation(call, workspace).conversationId);
  return ok({});
};

export const listConversationMessages: Handle = (call, workspace) => {
  const { messages } = ownConversation(call, workspace);
  const page = pageNewestFirst(messages, ({ messageId }) => messageId, call.query);
  const wires = page.items.map((message) => messageWire(workspace, message, call.at));
  return ok(compact({ messages: wires, next_page_token: page.nextPageToken }));
};

export const getMessage: Handle = (call, workspace) =>
  ok(messageWire(workspace, ownMessage(call, workspace), call.at));

export const deleteConversationMessage: Handle = (call, workspace) => {
  const { messageId } = ownMessage(call, workspace);
  const conversation = ownConversation(call, workspace);
  conversation.messages = conversation.messages.filter(
    (message) => message.messageId !== messageId,
  );
  return ok({});
};
