// Turns a draft into a message with ids, times and statements. From here on nothing is decided any more:
// what a reader sees follows from the time alone.

import { GENIE_ROW_LIMIT, type ScriptedResult, scriptedResult } from "../results/result-data.ts";
import type { Statement } from "../results/statement-store.ts";
import type { Workspace } from "../workspace.ts";
import type { StoredAttachment, StoredMessage } from "./conversation-store.ts";
import type { Draft } from "./draft-answer.ts";
import { endOf, startOfStage, type Timeline } from "./message-timeline.ts";
import type { AnswerAttachment, Ask } from "./scripts.ts";

/** Databricks keeps the results of a conversation for 7 days (genie-api.md §1.7). */
export const RESULT_LIFETIME_MS = 7 * 24 * 3_600_000;

export interface NewMessage {
  readonly ask: Ask;
  readonly conversationId: string;
  readonly draft: Draft;
  readonly at: number;
}

export function storeMessage(
  workspace: Workspace,
  { ask, conversationId, draft, at }: NewMessage,
): StoredMessage {
  const timeline = { startsAt: at, stages: draft.stages, outcome: draft.outcome };
  return {
    messageId: workspace.ids.hex(),
    conversationId,
    spaceId: ask.spaceId,
    userId: ask.caller.userId,
    content: ask.question,
    createdAt: at,
    timeline,
    attachments: storeAttachments(workspace, ask.caller.userId, draft, timeline),
    comments: [],
  };
}

function storeAttachments(
  workspace: Workspace,
  ownerId: number,
  draft: Draft,
  timeline: Timeline,
): StoredAttachment[] {
  const isQuery = ({ kind }: AnswerAttachment) => kind === "query";
  const ids = draft.attachments.map(() => workspace.ids.hex());
  return draft.attachments.map((content, index) => {
    const before = draft.attachments.slice(0, index);
    const executing = executingStage(timeline, before.filter(isQuery).length);
    const queryId = content.kind === "viz" ? ids[before.findLastIndex(isQuery)] : undefined;
    return {
      attachmentId: ids[index] ?? "",
      content,
      appearsAt: appearsAt(content, timeline, executing),
      ...(queryId === undefined ? {} : { queryAttachmentId: queryId }),
      ...storeResult(workspace, content, draft.scripted, { ownerId, timeline, executing }),
    };
  });
}

function storeResult(
  workspace: Workspace,
  content: AnswerAttachment,
  scripted: boolean,
  request: Omit<StatementRequest, "result">,
): Pick<StoredAttachment, "statementId" | "rerun"> {
  const result = content.kind === "query" ? content.result : undefined;
  if (result === undefined || result === null) return {};
  const statement = addStatement(workspace, { ...request, result });
  return { statementId: statement.id, ...(scripted ? { rerun: scriptedResult(result) } : {}) };
}

/** Index of the n-th EXECUTING_QUERY; the last one when there are fewer; undefined when there is none. */
function executingStage(timeline: Timeline, nth: number): number | undefined {
  const executing = timeline.stages.flatMap(({ status }, index) =>
    status === "EXECUTING_QUERY" ? [index] : [],
  );
  return executing[nth] ?? executing.at(-1);
}

function appearsAt(
  content: AnswerAttachment,
  timeline: Timeline,
  executing: number | undefined,
): number {
  if (content.appears === "end") return endOf(timeline);
  if (content.appears !== undefined) return startOfStage(timeline, content.appears.stage);
  if (content.kind === "query" && executing !== undefined) return startOfStage(timeline, executing);
  if (content.kind === "text" && content.phase !== undefined) {
    const asking = timeline.stages.findIndex(({ status }) => status === "ASKING_AI");
    return startOfStage(timeline, Math.max(0, asking));
  }
  return endOf(timeline);
}

interface StatementRequest {
  readonly ownerId: number;
  readonly result: ScriptedResult;
  readonly timeline: Timeline;
  readonly executing: number | undefined;
}

function addStatement(workspace: Workspace, request: StatementRequest): Statement {
  const { result, timeline, executing = timeline.stages.length } = request;
  const executed = startOfStage(timeline, executing + 1);
  const readyAt =
    result.pendingForMs === undefined ? executed : endOf(timeline) + result.pendingForMs;
  return workspace.statements.add({
    ownerId: request.ownerId,
    startsAt: startOfStage(timeline, executing),
    readyAt,
    expiresAt: timeline.outcome.kind === "expired" ? readyAt : readyAt + RESULT_LIFETIME_MS,
    outcome: { kind: "rows", data: scriptedResult(result) },
    rowLimit: GENIE_ROW_LIMIT,
  });
}
