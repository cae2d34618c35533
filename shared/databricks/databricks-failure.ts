// An error envelope, and what was being asked for, as a failure of ours (design §3.9). The text of Databricks
// decides which failure it is and then stays here: no detail or remedy repeats it.

import type { Failure } from "../errors/app-error.ts";
import type { ErrorEnvelope } from "./error-envelope.ts";
import * as signals from "./error-signals.ts";
import {
  DATA_FORBIDDEN,
  SPACE_FORBIDDEN,
  WAREHOUSE_FORBIDDEN,
  WORKSPACE_ACCESS_MISSING,
} from "./grant-failures.ts";

/** What a call was about: decides what a bare 403 or 404 means. */
export type Subject = "space" | "conversation" | "message" | "attachment" | "statement" | "user";

const INVALID_TOKEN: Failure = {
  code: "invalid_token",
  detail: "Databricks does not accept the token of this caller.",
  remedy:
    "Sign in again. If that does not help, an admin checks that the account is active in Databricks.",
};

const CREDENTIAL_PROBLEM: Failure = {
  code: "service_credential_problem",
  detail: "Databricks refuses the kind of token that the gateway obtained.",
  remedy:
    "An admin checks that DATABRICKS_RESOURCE_ID is the application id of Azure Databricks and that the gateway's " +
    "app registration holds its permission user_impersonation: az ad app permission add --id <client-id> --api <databricks-resource-id> " +
    "--api-permissions <user-impersonation-id>=Scope.",
};

const API_MISSING: Failure = {
  code: "genie_misconfigured",
  detail: "The configured workspace does not offer the Genie interface.",
  remedy:
    "An admin checks GENIE__WORKSPACE_URL and, in the workspace, Settings > Previews and the partner-powered AI features.",
};

const CONVERSATION_BUSY: Failure = {
  code: "conversation_busy",
  detail: "Genie still works on another question of this conversation.",
  remedy: "Wait for that question to end, or ask in a new conversation.",
};

const REFUSED: Failure = {
  code: "genie_failed",
  detail: "Databricks did not accept the request.",
  remedy:
    "Ask again in a new conversation. If it stays so, give an admin the request id of this answer.",
};

/** What 404, and 403 with a text that names nothing we know, mean: what belongs to another is as if not there. */
const NOT_THERE: Readonly<Record<Subject, Failure>> = {
  space: SPACE_FORBIDDEN,
  conversation: {
    code: "conversation_not_found",
    detail: "The caller has no such conversation in this space.",
    remedy:
      "List them with GET /genie/conversations, of another space with `?space=` and its alias.",
  },
  message: {
    code: "message_not_found",
    detail: "The conversation has no such message.",
    remedy:
      "Look at the conversation's messages, and name its space with `?space=` if it is not the default one.",
  },
  attachment: {
    code: "attachment_not_found",
    detail: "The message has no such attachment, or it has no rows.",
    remedy:
      "Use an `attachment_id` of the message's results, and name its space with `?space=` if it is not the default one.",
  },
  statement: {
    code: "result_expired",
    detail: "Databricks no longer keeps the rows of this result.",
    remedy: "Run the query again.",
  },
  user: WORKSPACE_ACCESS_MISSING,
};

/**
 * Databricks could not be reached, is overloaded, or answers what nobody understands. Only a time that Databricks
 * itself named is passed on: a made-up one would slow down whoever keeps to it.
 */
export const databricksUnavailable = (retryAfterMs?: number): Failure => ({
  code: "databricks_unavailable",
  detail: "Databricks does not answer as it should at the moment.",
  remedy: "Try again after the time that Retry-After names.",
  ...(retryAfterMs === undefined
    ? {}
    : { retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) }),
});

/** The failure that a reply with an error status stands for. Never carries upstream text. */
export function databricksFailure(envelope: ErrorEnvelope, subject: Subject): Failure {
  const { status, errorCode } = envelope;
  if (signals.isTokenRejected(envelope)) return INVALID_TOKEN;
  if (status === 429 || status >= 500 || status === 408 || status === 499) {
    return databricksUnavailable(envelope.retryAfterMs);
  }
  if (signals.isCredentialProblem(envelope)) return CREDENTIAL_PROBLEM;
  if (errorCode === "ENDPOINT_NOT_FOUND" || errorCode === "FEATURE_DISABLED" || status < 400) {
    return API_MISSING;
  }
  if (status === 409) return CONVERSATION_BUSY;
  // A statement or chunk that is gone is 404, one of a wrong form or number 400 (genie-api.md §3).
  const notThere = status === 403 || status === 404 || (status === 400 && subject === "statement");
  return forbiddenBy(envelope) ?? (notThere ? NOT_THERE[subject] : REFUSED);
}

/** The grant that an error's text names, in the order from the outermost to the innermost right. */
export function forbiddenBy(error: signals.ErrorText): Failure | undefined {
  if (signals.isWorkspaceAccessMissing(error)) return WORKSPACE_ACCESS_MISSING;
  if (signals.isWarehouseForbidden(error)) return WAREHOUSE_FORBIDDEN;
  if (signals.isDataForbidden(error)) return DATA_FORBIDDEN;
  if (signals.isAboutSpace(error)) return SPACE_FORBIDDEN;
  return undefined;
}
