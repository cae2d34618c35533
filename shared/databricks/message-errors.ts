// Genie's MessageErrorType → our failure (design §3.9): one exhaustive table. The text of the error is only searched
// for the two missing rights that Genie reports under other types; it is never passed on.

import type { Failure } from "../errors/app-error.ts";
import { isDataForbidden, isWarehouseForbidden } from "./error-signals.ts";
import type { MessageErrorType } from "./message-error-types.ts";
import { MESSAGE_REASONS, type MessageReason } from "./message-reasons.ts";

/** A type that is missing here does not compile. */
const REASON_OF = {
  BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION: "busy",
  BUDGET_EXCEEDED_EXCEPTION: "budget",
  CERTIFIED_ANSWERS_MISSING_EXCEPTION: "space_trusted_answers",
  CHAT_COMPLETION_CLIENT_EXCEPTION: "internal",
  CHAT_COMPLETION_CLIENT_TIMEOUT_EXCEPTION: "overloaded",
  CHAT_COMPLETION_NETWORK_EXCEPTION: "overloaded",
  CONTENT_FILTER_EXCEPTION: "content_filtered",
  CONTEXT_EXCEEDED_EXCEPTION: "too_much_context",
  COULD_NOT_GET_DASHBOARD_SCHEMA_EXCEPTION: "space_tables",
  COULD_NOT_GET_MODEL_DEPLOYMENTS_EXCEPTION: "platform_models",
  COULD_NOT_GET_UC_SCHEMA_EXCEPTION: "space_tables",
  DASHBOARD_PERMISSION_DENIED_EXCEPTION: "data_right",
  DELEGATION_NOT_FOUND_EXCEPTION: "data_right",
  DEPLOYMENT_NOT_FOUND_EXCEPTION: "platform_models",
  DESCRIBE_QUERY_INVALID_SQL_ERROR: "sql_failed",
  DESCRIBE_QUERY_TIMEOUT: "overloaded",
  DESCRIBE_QUERY_UNEXPECTED_FAILURE: "sql_failed",
  EXCEEDED_MAX_TOKEN_LENGTH_EXCEPTION: "too_much_context",
  FUNCTIONS_NOT_AVAILABLE_EXCEPTION: "space_trusted_answers",
  FUNCTION_ARGUMENTS_INVALID_EXCEPTION: "internal",
  FUNCTION_ARGUMENTS_INVALID_JSON_EXCEPTION: "internal",
  FUNCTION_ARGUMENTS_INVALID_TYPE_EXCEPTION: "internal",
  FUNCTION_CALL_MISSING_PARAMETER_EXCEPTION: "internal",
  GENERATED_SQL_QUERY_TOO_LONG_EXCEPTION: "too_much_context",
  GENERIC_CHAT_COMPLETION_EXCEPTION: "internal",
  GENERIC_CHAT_COMPLETION_SERVICE_EXCEPTION: "overloaded",
  GENERIC_SQL_EXEC_API_CALL_EXCEPTION: "sql_failed",
  ILLEGAL_PARAMETER_DEFINITION_EXCEPTION: "space_trusted_answers",
  INTERNAL_CATALOG_ASSET_CREATION_FAILED_EXCEPTION: "space_catalog",
  INTERNAL_CATALOG_ASSET_CREATION_ONGOING_EXCEPTION: "space_catalog",
  INTERNAL_CATALOG_ASSET_CREATION_UNSUPPORTED_EXCEPTION: "space_catalog",
  INTERNAL_CATALOG_MISSING_UC_PATH_EXCEPTION: "space_catalog",
  INTERNAL_CATALOG_PATH_OVERLAP_EXCEPTION: "space_catalog",
  INVALID_CERTIFIED_ANSWER_FUNCTION_EXCEPTION: "space_trusted_answers",
  INVALID_CERTIFIED_ANSWER_IDENTIFIER_EXCEPTION: "space_trusted_answers",
  INVALID_CHAT_COMPLETION_ARGUMENTS_JSON_EXCEPTION: "internal",
  INVALID_CHAT_COMPLETION_JSON_EXCEPTION: "internal",
  INVALID_COMPLETION_REQUEST_EXCEPTION: "internal",
  INVALID_FUNCTION_CALL_EXCEPTION: "internal",
  INVALID_SQL_MULTIPLE_DATASET_REFERENCES_EXCEPTION: "sql_failed",
  INVALID_SQL_MULTIPLE_STATEMENTS_EXCEPTION: "sql_failed",
  INVALID_SQL_UNKNOWN_TABLE_EXCEPTION: "sql_failed",
  INVALID_TABLE_IDENTIFIER_EXCEPTION: "space_tables",
  LOCAL_CONTEXT_EXCEEDED_EXCEPTION: "too_much_context",
  MESSAGE_ATTACHMENT_TOO_LONG_ERROR: "too_much_context",
  MESSAGE_CANCELLED_WHILE_EXECUTING_EXCEPTION: "stopped",
  MESSAGE_DELETED_WHILE_EXECUTING_EXCEPTION: "stopped",
  MESSAGE_UPDATED_WHILE_EXECUTING_EXCEPTION: "busy",
  MISSING_SQL_QUERY_EXCEPTION: "sql_failed",
  NO_DEPLOYMENTS_AVAILABLE_TO_WORKSPACE: "platform_models",
  NO_QUERY_TO_VISUALIZE_EXCEPTION: "nothing_to_visualise",
  NO_TABLES_TO_QUERY_EXCEPTION: "space_tables",
  PAY_PER_TOKEN_DISABLED_EXCEPTION: "platform_models",
  RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION: "overloaded",
  RATE_LIMIT_EXCEEDED_SPECIFIED_WAIT_EXCEPTION: "overloaded",
  REPLY_PROCESS_TIMEOUT_EXCEPTION: "overloaded",
  RETRYABLE_PROCESSING_EXCEPTION: "overloaded",
  SQL_EXECUTION_EXCEPTION: "sql_failed",
  STOP_PROCESS_DUE_TO_AUTO_REGENERATE: "busy",
  TABLES_MISSING_EXCEPTION: "space_tables",
  TOO_MANY_CERTIFIED_ANSWERS_EXCEPTION: "space_trusted_answers",
  TOO_MANY_TABLES_EXCEPTION: "space_tables",
  UNEXPECTED_REPLY_PROCESS_EXCEPTION: "internal",
  UNKNOWN_AI_MODEL: "platform_models",
  UNSUPPORTED_CONVERSATION_TYPE_EXCEPTION: "internal",
  WAREHOUSE_ACCESS_MISSING_EXCEPTION: "warehouse_right",
  WAREHOUSE_NOT_FOUND_EXCEPTION: "space_warehouse",
} as const satisfies Record<MessageErrorType, MessageReason>;

const isKnown = (type: string): type is MessageErrorType => Object.hasOwn(REASON_OF, type);

/** The failure of a message with state FAILED; `type` and `text` as they came, each may be empty or unknown. */
export function messageFailure(type: string, text: string): Failure {
  const error = { message: text };
  if (isWarehouseForbidden(error)) return MESSAGE_REASONS.warehouse_right;
  const failure = MESSAGE_REASONS[isKnown(type) ? REASON_OF[type] : "internal"];
  // Missing rights on data come as SQL_EXECUTION_EXCEPTION, "[INSUFFICIENT_PERMISSIONS] …" (genie-api.md §1.5).
  const tellsNothing = failure.code === "genie_failed";
  return tellsNothing && isDataForbidden(error) ? MESSAGE_REASONS.data_right : failure;
}
