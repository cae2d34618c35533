// How a reply to an ask, a result or a status is to look: links that carry on what the caller asked for, and the
// context of its problem documents.

import type { Caller } from "../auth/caller.ts";
import type { AnswerFormat } from "../contracts/answer-format.ts";
import type { WaitPlan } from "../contracts/wait-plan.ts";
import type { AskView } from "../presentation/ask-reply.ts";
import type { LinkContext } from "../presentation/links.ts";

interface ViewedRequest {
  readonly caller: Caller;
  /** The stages of an operation have no format: they are JSON. */
  readonly query: { readonly max_rows: number; readonly format?: AnswerFormat };
  readonly body: { readonly query: string } | undefined;
  readonly wait: WaitPlan;
  readonly baseUrl: string;
  readonly path: string;
  readonly requestId: string;
}

const STANDARD_MAX_ROWS = 100;

export function askView(input: ViewedRequest, space: string, now: number): AskView {
  const { max_rows: maxRows, format } = input.query;
  return {
    space,
    question: input.body?.query ?? null,
    maxRows,
    links: linkContext(input, {
      format: format === "json" ? undefined : format,
      maxRows: maxRows === STANDARD_MAX_ROWS ? undefined : maxRows,
      never: input.wait.mode === "never",
    }),
    problem: { baseUrl: input.baseUrl, instance: input.path, requestId: input.requestId },
    preferenceApplied: input.wait.preferenceApplied,
    now,
  };
}

/** Holders of the function key could not follow the links of a result (design §3.1). */
export function linkContext(
  { caller, baseUrl }: Pick<ViewedRequest, "caller" | "baseUrl">,
  carried: LinkContext["carried"] = {},
): LinkContext {
  return { baseUrl, showResultLinks: caller.kind !== "function-key", carried };
}
