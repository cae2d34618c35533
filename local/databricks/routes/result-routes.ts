// Rows of a query attachment: read them, make them again, and the picture of them.
// The forms without an attachment id are deprecated but still served; they mean the first query.

import type { StoredAttachment, StoredMessage } from "../genie/conversation-store.ts";
import { messageProgress, visibleAttachments } from "../genie/message-wire.ts";
import { RESULT_LIFETIME_MS } from "../genie/store-message.ts";
import { mayUseWarehouse, visibleSpace } from "../grants.ts";
import type { Call, Handle } from "../http/call.ts";
import { ok, type Reply } from "../http/reply.ts";
import {
  doesNotExist,
  invalidState,
  Refused,
  statementNotFound,
  warehouseForbidden,
} from "../refusals.ts";
import { barChartPng } from "../results/bar-chart-png.ts";
import { GENIE_ROW_LIMIT } from "../results/result-data.ts";
import { runSql, statementOutcome } from "../results/run-sql.ts";
import type { Statement } from "../results/statement-store.ts";
import { statementWire } from "../results/statement-wire.ts";
import type { Workspace } from "../workspace.ts";
import { ownMessage, shownAttachment } from "./find-message.ts";

export const getMessageAttachmentQueryResult: Handle = (call, workspace) => {
  const message = readableMessage(call, workspace);
  return queryResult(call, workspace, shownAttachment(call, message));
};

export const getMessageQueryResult: Handle = (call, workspace) =>
  queryResult(call, workspace, firstQuery(call, readableMessage(call, workspace)));

export const executeMessageAttachmentQuery: Handle = (call, workspace) => {
  const message = readableMessage(call, workspace);
  return executeAgain(call, workspace, shownAttachment(call, message));
};

export const executeMessageQuery: Handle = (call, workspace) =>
  executeAgain(call, workspace, firstQuery(call, readableMessage(call, workspace)));

/** Rows can be read while the SQL runs and after it, and only with rights on the warehouse (§1.6, §1.9). */
export function readableMessage(call: Call, workspace: Workspace): StoredMessage {
  const message = ownMessage(call, workspace);
  const space = visibleSpace(workspace, call.caller, message.spaceId);
  if (!mayUseWarehouse(call.caller, space.warehouseId)) {
    throw new Refused(warehouseForbidden(call.caller.userId));
  }
  const { status } = messageProgress(workspace, message, call.at);
  if (!["EXECUTING_QUERY", "COMPLETED", "QUERY_RESULT_EXPIRED"].includes(status)) {
    throw new Refused(invalidState(`The message is in state ${status} and has no query result.`));
  }
  return message;
}

function firstQuery(call: Call, message: StoredMessage): StoredAttachment {
  const query = visibleAttachments(message, call.at).find(
    ({ content }) => content.kind === "query",
  );
  if (query === undefined) throw new Refused(doesNotExist("Query of the message"));
  return query;
}

function queryResult(call: Call, workspace: Workspace, attachment: StoredAttachment): Reply {
  const statement = workspace.statements.find(attachment.statementId ?? "");
  if (statement === undefined) throw new Refused(doesNotExist("Query result of the attachment"));
  if (workspace.statements.state(statement, call.at) === "CLOSED")
    refuseExpired(workspace, statement);
  return statementReply(call, workspace, statement);
}

function refuseExpired(workspace: Workspace, statement: Statement): void {
  switch (workspace.behaviour.expiredResult) {
    case "closed":
      return;
    case "not_found":
      throw new Refused(statementNotFound(statement.id));
    case "invalid_state":
      throw new Refused(invalidState("The query result has expired. Execute the query again."));
  }
}

function executeAgain(call: Call, workspace: Workspace, attachment: StoredAttachment): Reply {
  const statement = workspace.statements.add({
    ownerId: call.caller.userId,
    ...runTimes(call.at, workspace.timings.statementMs * workspace.timings.scale),
    outcome: outcomeOf(call, workspace, attachment),
    rowLimit: GENIE_ROW_LIMIT,
  });
  attachment.statementId = statement.id;
  return statementReply(call, workspace, statement);
}

export function runTimes(at: number, forMs: number) {
  const readyAt = at + Math.max(1, forMs);
  return { startsAt: at, readyAt, expiresAt: readyAt + RESULT_LIFETIME_MS };
}

/** The rows that executing the attachment's SQL now would give this caller. */
export function outcomeOf(
  call: Call,
  workspace: Workspace,
  attachment: StoredAttachment,
  rows: { readonly mostRows?: number } = {},
): Statement["outcome"] {
  const { content, rerun } = attachment;
  if (content.kind !== "query") throw new Refused(doesNotExist("Query of the attachment"));
  if (rerun !== undefined) return { kind: "rows", data: rerun };
  const { sql = "" } = content;
  return statementOutcome(runSql(workspace.dataset, call.caller, { sql, ...rows }));
}

export function statementReply(call: Call, workspace: Workspace, statement: Statement): Reply {
  const state = workspace.statements.state(statement, call.at);
  const linkFor = (of: Statement, chunk: number) => workspace.downloads.link(of, chunk, call.at);
  return ok({
    statement_response: statementWire(statement, { state, internalLinks: false }, linkFor),
  });
}

export const downloadMessageAttachmentVisualization: Handle = (call, workspace) => {
  const message = ownMessage(call, workspace);
  const { content, queryAttachmentId } = shownAttachment(call, message);
  if (content.kind !== "viz") throw new Refused(doesNotExist("Visualization of the attachment"));
  const query = message.attachments.find(({ attachmentId }) => attachmentId === queryAttachmentId);
  const { outcome } = workspace.statements.find(query?.statementId ?? "") ?? {};
  const rows = outcome?.kind === "rows" ? outcome.data.rows.read(0, 40) : [];
  const png = barChartPng(rows.map((row) => Number(row.at(-1))));
  return { status: 200, headers: { "Content-Type": "image/png" }, body: png };
};
