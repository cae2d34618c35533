// Which failures groups of endpoints share, besides those of who may call (design §3.9). On the start-up path: plain
// data.

import type { ErrorCode } from "../errors/error-catalogue.ts";

export const SPACE_ERRORS = [
  "space_not_found",
  "genie_space_forbidden",
  "workspace_access_missing",
  "consent_required",
  "user_not_assigned",
  "insufficient_claims",
  "service_credential_problem",
  "databricks_unavailable",
] as const satisfies readonly ErrorCode[];
/** Which conversations are an app's own is known from the storage alone (design §3.5). */
export const CONVERSATION_ERRORS = [
  ...SPACE_ERRORS,
  "conversation_not_found",
  "storage_unavailable",
] as const;
export const MESSAGE_ERRORS = [...CONVERSATION_ERRORS, "message_not_found"] as const;
export const GENIE_ERRORS = [
  "warehouse_forbidden",
  "data_forbidden",
  "genie_rephrase",
  "genie_misconfigured",
  "genie_failed",
] as const satisfies readonly ErrorCode[];
export const RESULT_ERRORS = [
  ...MESSAGE_ERRORS,
  ...GENIE_ERRORS,
  "attachment_not_found",
  "result_expired",
  "operation_cancelled",
] as const satisfies readonly ErrorCode[];
export const ASK_ERRORS = [
  ...CONVERSATION_ERRORS,
  "message_not_found", // a repeat by its key, after the conversation was deleted
  ...GENIE_ERRORS,
  "unsupported_media_type",
  "payload_too_large",
  "idempotency_key_reused",
  "conversation_busy",
  "operation_cancelled",
  "ask_outcome_unknown",
  "rate_limited",
] as const satisfies readonly ErrorCode[];
export const OPERATION_ERRORS = ["operation_not_found", "storage_unavailable"] as const;
