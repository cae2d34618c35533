// A message as it looks at one moment: `GenieMessage` of genie-api.md §1.3, member order of §1.6.

import { compact, type JsonObject } from "../json.ts";
import { isTruncated, visibleRows } from "../results/statement-wire.ts";
import type { Workspace } from "../workspace.ts";
import type { StoredAttachment, StoredConversation, StoredMessage } from "./conversation-store.ts";
import { endOf, type Progress, progressAt } from "./message-timeline.ts";

/** Like progressAt, but a completed message whose rows are gone is QUERY_RESULT_EXPIRED until they are made again. */
export function messageProgress(
  workspace: Workspace,
  message: StoredMessage,
  at: number,
): Progress {
  const progress = progressAt(message.timeline, at);
  const { kind } = message.timeline.outcome;
  if (!progress.ended || (kind !== "completed" && kind !== "expired")) return progress;
  const statements = message.attachments.flatMap(
    ({ statementId }) => workspace.statements.find(statementId ?? "") ?? [],
  );
  if (statements.length === 0) return progress;
  const gone = statements.some(
    (statement) => workspace.statements.state(statement, at) === "CLOSED",
  );
  return { ...progress, status: gone ? "QUERY_RESULT_EXPIRED" : "COMPLETED" };
}

export function visibleAttachments(
  message: StoredMessage,
  at: number,
): readonly StoredAttachment[] {
  return message.attachments.filter(({ appearsAt }) => appearsAt <= at);
}

export function messageWire(workspace: Workspace, message: StoredMessage, at: number): JsonObject {
  const progress = messageProgress(workspace, message, at);
  const { outcome } = message.timeline;
  const attachments = visibleAttachments(message, at);
  const firstQuery = attachments.find(({ statementId }) => statementId !== undefined);
  return compact({
    id: message.messageId,
    message_id: message.messageId,
    space_id: message.spaceId,
    conversation_id: message.conversationId,
    user_id: message.userId,
    content: message.content,
    created_timestamp: message.createdAt,
    last_updated_timestamp: progress.since,
    status: progress.status,
    attachments: attachments.map((attachment) => attachmentWire(workspace, attachment, progress)),
    error:
      progress.ended && outcome.kind === "failed"
        ? { error: outcome.error, type: outcome.type }
        : undefined,
    // Deprecated, but still sent.
    query_result: firstQuery && progress.ended ? queryResultWire(workspace, firstQuery) : undefined,
    feedback: message.feedback,
  });
}

function attachmentWire(
  workspace: Workspace,
  attachment: StoredAttachment,
  progress: Progress,
): JsonObject {
  const { content, attachmentId } = attachment;
  switch (content.kind) {
    case "query":
      return compact({
        attachment_id: content.withId === false ? undefined : attachmentId,
        query: queryWire(workspace, attachment, progress),
      });
    case "text":
      return compact({
        attachment_id: content.withId === true ? attachmentId : undefined,
        text: compact({ content: content.content, purpose: content.purpose, phase: content.phase }),
      });
    case "suggestions":
      return { attachment_id: attachmentId, suggested_questions: { questions: content.questions } };
    case "viz":
      return {
        attachment_id: attachmentId,
        viz: compact({ query_attachment_id: attachment.queryAttachmentId, title: content.title }),
      };
    case "raw":
      return content.wire;
  }
}

function queryWire(
  workspace: Workspace,
  attachment: StoredAttachment,
  progress: Progress,
): JsonObject {
  const { content, statementId } = attachment;
  if (content.kind !== "query") return {};
  return compact({
    title: content.title,
    description: content.description,
    query: content.sql,
    statement_id: statementId,
    query_result_metadata: progress.ended ? resultMetadata(workspace, attachment) : undefined,
    thoughts: content.thoughts?.map(({ type, content: text }) => ({
      thought_type: type,
      content: text,
    })),
  });
}

/** `is_truncated` is left out when false. */
function resultMetadata(
  workspace: Workspace,
  attachment: StoredAttachment,
): JsonObject | undefined {
  const statement = workspace.statements.find(attachment.statementId ?? "");
  if (statement?.outcome.kind !== "rows") return undefined;
  const { data } = statement.outcome;
  const truncated = isTruncated(statement, data);
  return { row_count: visibleRows(statement, data), ...(truncated ? { is_truncated: true } : {}) };
}

function queryResultWire(workspace: Workspace, attachment: StoredAttachment): JsonObject {
  return { statement_id: attachment.statementId, ...resultMetadata(workspace, attachment) };
}

export function conversationWire(conversation: StoredConversation): JsonObject {
  return compact({
    id: conversation.conversationId,
    conversation_id: conversation.conversationId,
    space_id: conversation.spaceId,
    user_id: conversation.userId,
    title: conversation.title,
    created_timestamp: conversation.createdAt,
    last_updated_timestamp: conversation.createdAt,
  });
}

/** A question of the conversation that has no final state yet. */
export function isBusy(conversation: StoredConversation, at: number): boolean {
  return conversation.messages.some(({ timeline }) => endOf(timeline) > at);
}
