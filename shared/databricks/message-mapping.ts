// Genie's messages from the wire to the words of the domain. Pure; it drops what has no meaning here (unknown
// attachment kinds, empty texts) and never lets an id of the reply replace the one that was asked for.

import {
  GENIE_STAGES,
  type GenieAttachment,
  type GenieMessage,
  type GenieState,
  type MessageRef,
} from "../operations/genie.ts";
import { messageFailure } from "./message-errors.ts";
import type { AttachmentWire, MessageWire } from "./message-wire.ts";

/** `ref` is what was asked for: a reply that names another conversation or message does not lead us there. */
export function toGenieMessage(wire: MessageWire, ref: MessageRef): GenieMessage {
  return {
    spaceId: ref.spaceId,
    conversationId: ref.conversationId,
    messageId: ref.messageId,
    question: wire.content ?? "",
    state: toState(wire),
    attachments: wire.attachments.flatMap(toAttachment),
    createdAt: wire.created_timestamp,
    updatedAt: wire.last_updated_timestamp,
  };
}

function toState({ status, error }: MessageWire): GenieState {
  switch (status) {
    case "COMPLETED":
      return { kind: "completed" };
    case "FAILED":
      return { kind: "failed", failure: messageFailure(error?.type ?? "", error?.error ?? "") };
    case "CANCELLED":
    case "CANCELED": // the spelling of the statement interface
      return { kind: "cancelled" };
    case "QUERY_RESULT_EXPIRED":
      return { kind: "result_expired" };
    default:
      return { kind: "working", stage: GENIE_STAGES.find((stage) => stage === status) };
  }
}

function toAttachment(wire: AttachmentWire): readonly GenieAttachment[] {
  if (wire.text) return toText(wire.text);
  if (wire.query) return [toQuery(wire.attachment_id, wire.query)];
  if (wire.suggested_questions) {
    return [{ kind: "suggestions", questions: wire.suggested_questions.questions }];
  }
  if (wire.viz) {
    return [{ kind: "visualization", attachmentId: wire.attachment_id, title: wire.viz.title }];
  }
  return [];
}

function toText(text: NonNullable<AttachmentWire["text"]>): readonly GenieAttachment[] {
  if (text.content === null) return [];
  const asksBack = text.purpose === "FOLLOW_UP_QUESTION";
  const purpose = text.phase !== null ? "thinking" : asksBack ? "follow_up" : "answer";
  return [{ kind: "text", content: text.content, purpose }];
}

function toQuery(
  attachmentId: string | null,
  query: NonNullable<AttachmentWire["query"]>,
): GenieAttachment {
  return {
    kind: "query",
    attachmentId: attachmentId ?? query.id,
    title: query.title,
    description: query.description,
    sql: query.query,
    statementId: query.statement_id,
    rowCount: query.query_result_metadata?.row_count ?? null,
    truncated: query.query_result_metadata?.is_truncated ?? false,
  };
}
