// Every failure code a caller can meet, with its HTTP status and title (design §3.9).
// The only place that pairs a code with a status; it never holds a detail of one request.

/** code → HTTP status and the title of its RFC 9457 problem document. */
export const ERROR_CATALOGUE = {
  invalid_request: { status: 400, title: "The request is not valid" },
  invalid_token: { status: 401, title: "A valid access token is needed" },
  insufficient_claims: { status: 401, title: "Entra asks for another sign-in step" },
  insufficient_scope: { status: 403, title: "The token lacks the scope or role for this" },
  user_token_required: { status: 403, title: "This endpoint needs the token of a user" },
  app_token_required: { status: 403, title: "This endpoint needs the token of an application" },
  client_not_allowed: { status: 403, title: "The calling application is not allowed" },
  consent_required: { status: 403, title: "Consent is missing" },
  user_not_assigned: { status: 403, title: "The user is not assigned to the application" },
  genie_space_forbidden: { status: 403, title: "No access to this Genie space" },
  warehouse_forbidden: { status: 403, title: "No access to the SQL warehouse" },
  data_forbidden: { status: 403, title: "No access to the data" },
  workspace_access_missing: { status: 403, title: "No access to the workspace" },
  space_not_found: { status: 404, title: "There is no such space" },
  conversation_not_found: { status: 404, title: "There is no such conversation" },
  message_not_found: { status: 404, title: "There is no such message" },
  attachment_not_found: { status: 404, title: "There is no such attachment" },
  operation_not_found: { status: 404, title: "There is no such operation" },
  conversation_busy: { status: 409, title: "The conversation has an unfinished question" },
  operation_cancelled: { status: 409, title: "The operation was cancelled" },
  result_expired: { status: 410, title: "The result has expired" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body must be JSON" },
  idempotency_key_reused: { status: 422, title: "The idempotency key belongs to another request" },
  genie_rephrase: { status: 422, title: "Genie cannot answer this question as it is put" },
  genie_misconfigured: { status: 422, title: "The Genie space is not set up to answer" },
  genie_failed: { status: 422, title: "Genie failed to answer" },
  ask_outcome_unknown: { status: 422, title: "It is not known whether the question was asked" },
  rate_limited: { status: 429, title: "Too many questions are waiting" },
  internal_error: { status: 500, title: "The gateway failed" },
  configuration_error: { status: 503, title: "The gateway is not configured" },
  service_credential_problem: { status: 503, title: "The gateway's own credential does not work" },
  identity_provider_unavailable: { status: 503, title: "The identity provider does not answer" },
  databricks_unavailable: { status: 503, title: "Databricks does not answer" },
  storage_unavailable: { status: 503, title: "The gateway's storage does not answer" },
  deadline_exceeded: { status: 504, title: "The question was not answered in time" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

// The keys of the object above and no others: `Object.keys` alone does not say so to the compiler.
export const ERROR_CODES = Object.keys(ERROR_CATALOGUE) as readonly ErrorCode[];
