// How an ask can end without an answer, in words for the caller.

import type { Failure } from "../errors/app-error.ts";

export const databricksUnreachable: Failure = {
  code: "databricks_unavailable",
  detail: "Databricks could not be reached, so the question was not asked.",
  remedy:
    "Ask again in a minute. If it persists, check GENIE__WORKSPACE_URL and the workspace's network rules.",
  retryAfterSeconds: 30,
};

export const askOutcomeUnknown: Failure = {
  code: "ask_outcome_unknown",
  detail: "Databricks' reply to the question got lost, so it may or may not have been asked.",
  remedy:
    "Look into the newest conversation of GET /genie/conversations: if the question stands there, read its answer; if not, ask again.",
};

/** The line for a slot of the question budget is longer than half an hour (design §3.9). */
export function tooManyWaiting(waitMs: number): Failure {
  return {
    code: "rate_limited",
    detail:
      "So many questions are waiting for this workspace that yours would be asked in over half an hour.",
    remedy:
      "Ask again after the time that Retry-After names. The gateway's operator can raise GENIE__QUESTIONS_PER_MINUTE if the workspace allows more.",
    retryAfterSeconds: Math.ceil(waitMs / 1_000),
  };
}
