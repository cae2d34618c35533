// A message and the rows of its queries → the Answer (design §3.3). Pure; it reads nothing and keeps nothing.

import type { Answer, AnswerResult } from "../contracts/answer.ts";
import { type ProblemContext, toProblem } from "../contracts/problem.ts";
import type { Failure } from "../errors/app-error.ts";
import type { GenieAttachment, GenieMessage, GenieState } from "../operations/genie.ts";
import type { Operation } from "../operations/operation.ts";
import type { AnswerSource, AttachmentRows } from "../operations/read-answer.ts";
import { type AnswerText, toAnswerText } from "./answer-text.ts";
import { operationCancelled } from "./failures.ts";
import { type LinkContext, resultLinks, visualizationLinks } from "./links.ts";
import { toTable } from "./table.ts";

export interface AnswerInput {
  readonly source: AnswerSource;
  /** The operation that asked; null when it was not asked through us or is no longer kept. */
  readonly operation: Operation | null;
  /** Alias of the space. */
  readonly space: string;
  /** Rows per result, 0–5,000. */
  readonly maxRows: number;
  readonly links: LinkContext;
  readonly problem: ProblemContext;
}

type QueryAttachment = Extract<GenieAttachment, { kind: "query" }>;
const NOT_YET: AnswerText = { answer: null, follow_up_question: null, suggested_questions: [] };

/** One message as an Answer, in whatever state it is; a failed one carries its problem in `error`. */
export function toAnswer(input: AnswerInput): Answer {
  const { message } = input.source;
  const failure = failureIn(message.state);
  const isWorking = message.state.kind === "working";
  return {
    operation_id: input.operation?.id ?? null,
    conversation_id: message.conversationId,
    message_id: message.messageId,
    space: input.space,
    status: failure ? "failed" : isWorking ? "running" : "completed",
    question: message.question,
    // Until Genie is done, any text may turn out to be superseded: it is no answer yet.
    ...(isWorking ? NOT_YET : toAnswerText(message.attachments)),
    results: message.attachments.filter(isQuery).map((query) => toResult(query, input)),
    visualizations: message.attachments.flatMap((each) => toVisualization(each, input)),
    timings: timingsOf(input.operation),
    ...(failure ? { error: toProblem(failure, input.problem) } : {}),
  };
}

/** `queued_ms` = POST to ask, `genie_ms` = Genie's own time; both stored once. Null before the ask. */
export function timingsOf(operation: Operation | null): Answer["timings"] {
  if (operation === null || operation.status === "queued" || operation.asked === null) return null;
  const queuedMs = Math.max(0, operation.asked.askedAt - operation.createdAt);
  return { queued_ms: queuedMs, genie_ms: "genieMs" in operation ? operation.genieMs : null };
}

function failureIn(state: GenieState): Failure | undefined {
  if (state.kind === "failed") return state.failure;
  return state.kind === "cancelled" ? operationCancelled : undefined;
}

function toResult(query: QueryAttachment, input: AnswerInput): AnswerResult {
  const read = rowsOf(query, input.source.results);
  const ref: GenieMessage = input.source.message;
  // SQL that was never run has no rows to lead to.
  const attachmentId = query.statementId === null && read === undefined ? null : query.attachmentId;
  const expired = read?.expired ?? ref.state.kind === "result_expired";
  return {
    attachment_id: query.attachmentId,
    title: query.title,
    description: query.description,
    sql: query.sql,
    statement_id: query.statementId,
    ...toTable(read?.columns ?? [], read?.rows.slice(0, input.maxRows) ?? []),
    row_count: read?.rowCount ?? query.rowCount,
    truncated: read?.truncated ?? query.truncated,
    expired,
    ...resultLinks(ref, { attachmentId, space: input.space, expired }, input.links),
  };
}

function rowsOf(
  query: QueryAttachment,
  results: readonly AttachmentRows[],
): AttachmentRows | undefined {
  if (query.attachmentId === null) return undefined;
  return results.find((rows) => rows.attachmentId === query.attachmentId);
}

function toVisualization(
  attachment: GenieAttachment,
  { source, space, links }: AnswerInput,
): Answer["visualizations"] {
  if (attachment.kind !== "visualization") return [];
  const { attachmentId, title } = attachment;
  const shown = visualizationLinks(source.message, { attachmentId, space }, links);
  return [{ attachment_id: attachmentId, title, ...shown }];
}

function isQuery(attachment: GenieAttachment): attachment is QueryAttachment {
  return attachment.kind === "query";
}
