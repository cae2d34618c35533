// The two POSTs that ask Genie. Nothing is stored and no slot is taken before every check has passed.

import type { StoredConversation, StoredMessage } from "../genie/conversation-store.ts";
import { busyDraft, draftAnswer } from "../genie/draft-answer.ts";
import { conversationWire, isBusy, messageWire } from "../genie/message-wire.ts";
import type { Ask } from "../genie/scripts.ts";
import { storeMessage } from "../genie/store-message.ts";
import { mayUseWarehouse, visibleSpace } from "../grants.ts";
import { type Call, type Handle, jsonBody, requiredText } from "../http/call.ts";
import { ok } from "../http/reply.ts";
import type { JsonObject } from "../json.ts";
import {
  conversationBusy,
  invalidParameter,
  Refused,
  requestLimitExceeded,
  warehouseForbidden,
} from "../refusals.ts";
import type { Workspace } from "../workspace.ts";
import { ownConversation } from "./find-message.ts";

export const startConversation: Handle = (call, workspace) => {
  visibleSpace(workspace, call.caller, call.path.spaceId);
  const asked = ask(call, workspace, undefined);
  const conversation = workspace.conversations.find(asked.message.conversationId);
  return ok({
    conversation_id: asked.message.conversationId,
    message_id: asked.message.messageId,
    ...(conversation === undefined ? {} : { conversation: conversationWire(conversation) }),
    message: asked.wire,
  });
};

export const createMessage: Handle = (call, workspace) =>
  ok(ask(call, workspace, ownConversation(call, workspace)).wire);

interface Asked {
  readonly message: StoredMessage;
  readonly wire: JsonObject;
}

function ask(
  call: Call,
  workspace: Workspace,
  conversation: StoredConversation | undefined,
): Asked {
  const { question, enableVisualization } = readQuestion(call);
  const space = visibleSpace(workspace, call.caller, call.path.spaceId);
  if (
    workspace.behaviour.noWarehouseGrant === "refuse" &&
    !mayUseWarehouse(call.caller, space.warehouseId)
  ) {
    throw new Refused(warehouseForbidden(call.caller.userId));
  }
  const busy = conversation !== undefined && isBusy(conversation, call.at);
  if (busy && workspace.behaviour.busyConversation === "conflict")
    throw new Refused(conversationBusy);
  takeSlot(call, workspace);
  const request: Ask = {
    question,
    caller: call.caller,
    spaceId: space.spaceId,
    conversationId: conversation?.conversationId,
  };
  const draft = busy
    ? busyDraft()
    : draftAnswer(workspace, { ask: request, space, conversation, enableVisualization });
  const target = conversation ?? openConversation(call, workspace, question);
  const message = storeMessage(workspace, {
    ask: request,
    conversationId: target.conversationId,
    draft,
    at: call.at,
  });
  target.messages.push(message);
  record(workspace, call, message);
  const wire = messageWire(workspace, message, call.at);
  return {
    message,
    wire: draft.replyStatus === undefined ? wire : { ...wire, status: draft.replyStatus },
  };
}

function readQuestion(call: Call) {
  const body = jsonBody(call);
  const enable = body.enable_visualization ?? false;
  if (typeof enable !== "boolean") {
    throw new Refused(invalidParameter("enable_visualization must be a boolean."));
  }
  return { question: requiredText(body, "content"), enableVisualization: enable };
}

function takeSlot(call: Call, workspace: Workspace): void {
  const slot = workspace.budget.take(call.at);
  if (slot.kind === "granted") return;
  const { sendRetryAfter } = workspace.behaviour;
  throw new Refused(requestLimitExceeded(sendRetryAfter ? slot.retryAfterSeconds : undefined));
}

function openConversation(call: Call, workspace: Workspace, title: string): StoredConversation {
  const conversation = {
    conversationId: workspace.ids.hex(),
    spaceId: call.path.spaceId,
    userId: call.caller.userId,
    title,
    createdAt: call.at,
    messages: [],
  };
  workspace.conversations.add(conversation);
  return conversation;
}

function record(workspace: Workspace, call: Call, message: StoredMessage): void {
  const { spaceId, conversationId, messageId, content } = message;
  workspace.asks.push({
    at: call.at,
    userId: call.caller.userId,
    externalId: call.caller.externalId,
    spaceId,
    conversationId,
    messageId,
    question: content,
  });
}
