// What a test can do to a message that was asked: end it, let go of rows that are held back, or let its rows expire.

import type { StoredMessage } from "../genie/conversation-store.ts";
import { cutTimeline, endOf, type Outcome } from "../genie/message-timeline.ts";
import { visibleAttachments } from "../genie/message-wire.ts";
import type { Workspace } from "../workspace.ts";

/** Ends the message now, as a person does in the Databricks UI. Throws when it is unknown or already final. */
export function endMessage(workspace: Workspace, messageId: string, outcome: Outcome): void {
  const message = known(workspace, messageId);
  const at = workspace.now();
  if (endOf(message.timeline) <= at) throw new Error("the message is already final");
  const shown = new Set(visibleAttachments(message, at));
  const complete = outcome.kind === "completed" || outcome.kind === "expired";
  message.attachments = complete
    ? message.attachments.map((attachment) => ({
        ...attachment,
        appearsAt: Math.min(attachment.appearsAt, at),
      }))
    : message.attachments.filter((attachment) => shown.has(attachment));
  message.timeline = cutTimeline(message.timeline, at, outcome);
}

/** Lets the rows of all its queries, and the downloads that were started, be ready now. */
export function releaseRows(workspace: Workspace, messageId: string): void {
  const { downloads, statements } = workspace;
  for (const { attachmentId, statementId } of known(workspace, messageId).attachments) {
    const prepared = downloads.of(attachmentId).map(({ statement }) => statement.id);
    for (const id of [statementId ?? "", ...prepared]) statements.finish(id, workspace.now());
  }
}

/** Lets the rows of all its queries expire now: the message reads QUERY_RESULT_EXPIRED. */
export function expireResults(workspace: Workspace, messageId: string): void {
  for (const { statementId } of known(workspace, messageId).attachments) {
    if (statementId !== undefined) workspace.statements.expire(statementId, workspace.now());
  }
}

function known(workspace: Workspace, messageId: string): StoredMessage {
  const message = workspace.conversations.findMessage(messageId);
  if (message === undefined) throw new Error("no such message in the simulated workspace");
  return message;
}
