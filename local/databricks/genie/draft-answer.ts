// Decides what Genie will answer, at the moment of the ask: a script of a test, a refusal for missing rights,
// or the dataset's own translation of the question with rows from its SQL engine.

import type { EarlierQuestion, TranslatedQuestion } from "../dataset.ts";
import { mayUseWarehouse } from "../grants.ts";
import type { SimulatedSpace } from "../options.ts";
import { runSql } from "../results/run-sql.ts";
import type { Workspace } from "../workspace.ts";
import type { StoredAttachment, StoredConversation } from "./conversation-store.ts";
import { type Outcome, progressAt, type Stage } from "./message-timeline.ts";
import type { AnswerAttachment, Ask, ScriptedAnswer } from "./scripts.ts";
import { type AnswerPath, drawStages } from "./stage-timings.ts";

export interface Draft {
  readonly stages: readonly Stage[];
  readonly outcome: Outcome;
  readonly attachments: readonly AnswerAttachment[];
  /** A scripted result comes again when its SQL is executed again. */
  readonly scripted: boolean;
  readonly replyStatus?: string;
}

export interface DraftRequest {
  readonly ask: Ask;
  readonly space: SimulatedSpace;
  readonly conversation: StoredConversation | undefined;
  readonly enableVisualization: boolean;
}

type SqlQuestion = Extract<TranslatedQuestion, { kind: "sql" }>;

export function draftAnswer(workspace: Workspace, request: DraftRequest): Draft {
  const script = workspace.scripts.take(request.ask);
  if (script !== undefined) return scriptedDraft(workspace, script);
  const draw = (path: AnswerPath) => drawStages(path, workspace.random, workspace.timings);
  if (!mayUseWarehouse(request.ask.caller, request.space.warehouseId)) {
    return failed(
      draw("stopped_at_warehouse"),
      "WAREHOUSE_ACCESS_MISSING_EXCEPTION",
      warehouseText(request.space),
      [],
    );
  }
  const question = workspace.dataset.translate(request.ask.question, historyOf(workspace, request));
  if (question.kind === "sql") return sqlDraft(workspace, request, question);
  const text: AnswerAttachment =
    question.kind === "clarify"
      ? { kind: "text", content: question.question, purpose: "FOLLOW_UP_QUESTION" }
      : { kind: "text", content: question.text };
  return completed(draw("text"), [text, suggestions(question.suggestedQuestions)]);
}

function scriptedDraft(workspace: Workspace, script: ScriptedAnswer): Draft {
  const { result, attachments = defaultAttachments(script) } = script;
  return {
    stages: script.stages ?? drawStages("sql", workspace.random, workspace.timings),
    outcome: script.outcome ?? { kind: "completed" },
    attachments: attachments.map((attachment) =>
      attachment.kind === "query" && attachment.result === undefined && result !== undefined
        ? { ...attachment, result }
        : attachment,
    ),
    scripted: true,
    ...(script.replyStatus === undefined ? {} : { replyStatus: script.replyStatus }),
  };
}

function defaultAttachments(script: ScriptedAnswer): AnswerAttachment[] {
  const kind = script.outcome?.kind ?? "completed";
  if (kind !== "completed" && kind !== "expired") return [];
  const text: AnswerAttachment = { kind: "text", content: "A scripted answer." };
  return script.result === undefined
    ? [text]
    : [{ kind: "query", title: "Scripted query", sql: "SELECT 1" }, text];
}

function sqlDraft(workspace: Workspace, request: DraftRequest, question: SqlQuestion): Draft {
  const stages = drawStages("sql", workspace.random, workspace.timings);
  const query = {
    kind: "query",
    title: question.title,
    description: question.description,
    sql: question.sql,
    thoughts: [{ type: "THOUGHT_TYPE_DESCRIPTION", content: question.description }],
  } as const;
  const more = suggestions(question.suggestedQuestions);
  const run = runSql(workspace.dataset, request.ask.caller, { sql: question.sql });
  if (run.kind === "failed") {
    return failed(stages, "SQL_EXECUTION_EXCEPTION", run.message, [
      { ...query, result: null },
      more,
    ]);
  }
  const { table } = run;
  const chart = request.enableVisualization && table.rows.length > 1;
  return completed(stages, [
    { ...query, result: table },
    ...(chart ? [{ kind: "viz", title: question.title } as const] : []),
    more,
    { kind: "text", content: workspace.dataset.summarise(question, table) },
  ]);
}

function completed(stages: readonly Stage[], attachments: readonly AnswerAttachment[]): Draft {
  return {
    stages,
    outcome: { kind: "completed" },
    attachments: attachments.filter(isNotEmpty),
    scripted: false,
  };
}

function failed(
  stages: readonly Stage[],
  type: string,
  error: string,
  attachments: readonly AnswerAttachment[],
): Draft {
  return {
    stages,
    outcome: { kind: "failed", type, error },
    attachments: attachments.filter(isNotEmpty),
    scripted: false,
  };
}

/** The other behaviour of a workspace with a question already running (options.ts, busyConversation). */
export function busyDraft(): Draft {
  return failed(
    [{ status: "SUBMITTED", forMs: 1 }],
    "BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION",
    "Another message of this conversation is still being processed.",
    [],
  );
}

function suggestions(questions: readonly string[]): AnswerAttachment {
  return { kind: "suggestions", questions };
}

function isNotEmpty(attachment: AnswerAttachment): boolean {
  return attachment.kind !== "suggestions" || attachment.questions.length > 0;
}

function warehouseText(space: SimulatedSpace): string {
  return `Unable to access the Genie Space ${space.title}. Please ensure you have CAN USE permissions on the SQL warehouse and the Genie Space. Debug Info: warehouse ${space.warehouseId}`;
}

/** Earlier questions of the conversation that were answered, oldest first. */
function historyOf(workspace: Workspace, { conversation }: DraftRequest): EarlierQuestion[] {
  const answered = (conversation?.messages ?? []).filter(
    ({ timeline }) => progressAt(timeline, workspace.now()).status === "COMPLETED",
  );
  return answered.map(({ content, attachments }) => ({
    question: content,
    sql: lastSql(attachments),
  }));
}

function lastSql(attachments: readonly StoredAttachment[]): string {
  const queries = attachments.flatMap(({ content }) =>
    content.kind === "query" ? [content.sql ?? ""] : [],
  );
  return queries.at(-1) ?? "";
}
