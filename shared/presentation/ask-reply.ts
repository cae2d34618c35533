// What an ask and `/result` answer over HTTP (design §3.2): 200 with the Answer, 202 with the Operation, or the
// failure, which is thrown for the one funnel of `mountRoute`. With `async=never` every outcome is a 200.

import type { Answer } from "../contracts/answer.ts";
import type { OperationBody } from "../contracts/operation.ts";
import { type ProblemContext, toProblem } from "../contracts/problem.ts";
import { AppError, type Failure } from "../errors/app-error.ts";
import type { Operation } from "../operations/operation.ts";
import type { AnswerSource } from "../operations/read-answer.ts";
import { timingsOf, toAnswer } from "./answer.ts";
import { type LinkContext, operationLinks, operationPath } from "./links.ts";
import { retryAfterSeconds, toOperationBody } from "./operation-body.ts";
import { limitRows } from "./row-limit.ts";

/** How an ask stands when its wait is over. `source` is the message as far as it is known. */
export type AskOutcome =
  | { readonly kind: "answered"; readonly operation: Operation; readonly source: AnswerSource }
  | {
      readonly kind: "unfinished";
      /** Also a finished one whose rows cannot be read yet. */
      readonly operation: Operation;
      readonly source: AnswerSource | null;
    }
  | {
      readonly kind: "failed";
      /** Null when it failed before there was an operation. */
      readonly operation: Operation | null;
      readonly failure: Failure;
      readonly source: AnswerSource | null;
    };

export interface AskView {
  /** Alias of the space. */
  readonly space: string;
  /** The question, where the request holds it; `/result` does not. */
  readonly question: string | null;
  readonly maxRows: number;
  readonly links: LinkContext;
  readonly problem: ProblemContext;
  /** Value of `Preference-Applied`; null where no preference was applied. */
  readonly preferenceApplied: string | null;
  /** Epoch ms. */
  readonly now: number;
}

export type AskHttpReply = { readonly headers: Record<string, string> } & (
  | { readonly status: 200; readonly body: Answer }
  | { readonly status: 202; readonly body: OperationBody }
);

/**
 * The reply to an ask or to `/result`.
 *
 * @throws AppError with the failure of a `failed` outcome, unless the caller asked with `async=never`.
 */
export function toAskReply(outcome: AskOutcome, view: AskView): AskHttpReply {
  if (view.links.carried.never) return neverReply(outcome, view);
  switch (outcome.kind) {
    case "answered":
      return { status: 200, headers: preferenceHeader(view), body: toAnswerOf(outcome, view) };
    case "unfinished":
      return acceptedReply(outcome.operation, view);
    case "failed":
      throw new AppError(outcome.failure);
  }
}

function acceptedReply(operation: Operation, view: AskView): AskHttpReply {
  const { links, problem, now } = view;
  const headers = {
    Location: operationLinks(operation, links).result,
    "Operation-Location": `${links.baseUrl}${operationPath(operation.id)}`,
    "Retry-After": String(retryAfterSeconds(operation, now)),
    ...preferenceHeader(view),
  };
  const body = toOperationBody(operation, { links, now, requestId: problem.requestId });
  if (operation.status !== "succeeded") return { status: 202, headers, body };
  // Answered, but its rows are not there yet: a 202 that said so would make a client stop here (design §3.4).
  return { status: 202, headers, body: { ...body, status: "running", retry_after_s: 1 } };
}

/** For clients that show nothing but a 200, and cap its size. */
function neverReply(outcome: AskOutcome, view: AskView): AskHttpReply {
  const body = limitRows(neverBody(outcome, view));
  const retryAfter =
    outcome.kind === "unfinished"
      ? { "Retry-After": String(retryAfterSeconds(outcome.operation, view.now)) }
      : {};
  return { status: 200, headers: { ...retryAfter, ...preferenceHeader(view) }, body };
}

function neverBody(outcome: AskOutcome, view: AskView): Answer {
  const known = outcome.source
    ? toAnswerOf({ operation: outcome.operation, source: outcome.source }, view)
    : knownAnswer(outcome.operation, view);
  switch (outcome.kind) {
    case "answered":
      return known;
    case "unfinished":
      return { ...known, status: "running", links: operationLinks(outcome.operation, view.links) };
    case "failed":
      return { ...known, status: "failed", error: toProblem(outcome.failure, view.problem) };
  }
}

export function toAnswerOf(
  { operation, source }: { operation: Operation | null; source: AnswerSource },
  { space, maxRows, links, problem }: AskView,
): Answer {
  return toAnswer({ operation, source, space, maxRows, links, problem });
}

/** The Answer before anything of the message is known. */
function knownAnswer(operation: Operation | null, view: AskView): Answer {
  const asked = operation === null || operation.status === "queued" ? null : operation.asked;
  return {
    operation_id: operation?.id ?? null,
    conversation_id: asked?.conversationId ?? operation?.followUpOf ?? null,
    message_id: asked?.messageId ?? null,
    space: view.space,
    status: "running",
    question: operation?.status === "queued" ? operation.question : view.question,
    answer: null,
    follow_up_question: null,
    suggested_questions: [],
    results: [],
    visualizations: [],
    timings: timingsOf(operation),
  };
}

function preferenceHeader({ preferenceApplied }: AskView): Record<string, string> {
  return preferenceApplied === null ? {} : { "Preference-Applied": preferenceApplied };
}
