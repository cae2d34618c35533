// The failure of a failed message, by its error type and, for two missing rights, by its text.

import fc from "fast-check";
import { expect, test } from "vitest";
import { MESSAGE_ERROR_TYPES } from "../../../shared/databricks/message-error-types.ts";
import { messageFailure } from "../../../shared/databricks/message-errors.ts";
import { verifies } from "../../support/verifies.ts";

const typesWith = (code: string) =>
  MESSAGE_ERROR_TYPES.filter((type) => messageFailure(type, "").code === code);

verifies("databricks.error-types", "there are 67 of them, each with a detail and a remedy", () => {
  expect(new Set(MESSAGE_ERROR_TYPES).size).toBe(67);
  for (const type of MESSAGE_ERROR_TYPES) {
    const { detail, remedy } = messageFailure(type, "");
    expect(detail).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  }
});

verifies("databricks.error-types", "the question, rights, and one at a time", () => {
  expect(typesWith("genie_rephrase")).toEqual([
    "CONTENT_FILTER_EXCEPTION",
    "CONTEXT_EXCEEDED_EXCEPTION",
    "EXCEEDED_MAX_TOKEN_LENGTH_EXCEPTION",
    "GENERATED_SQL_QUERY_TOO_LONG_EXCEPTION",
    "LOCAL_CONTEXT_EXCEEDED_EXCEPTION",
    "MESSAGE_ATTACHMENT_TOO_LONG_ERROR",
    "NO_QUERY_TO_VISUALIZE_EXCEPTION",
  ]);
  expect(typesWith("warehouse_forbidden")).toEqual(["WAREHOUSE_ACCESS_MISSING_EXCEPTION"]);
  expect(typesWith("data_forbidden")).toEqual([
    "DASHBOARD_PERMISSION_DENIED_EXCEPTION",
    "DELEGATION_NOT_FOUND_EXCEPTION",
  ]);
  expect(typesWith("conversation_busy")).toEqual([
    "BLOCK_MULTIPLE_EXECUTIONS_EXCEPTION",
    "MESSAGE_UPDATED_WHILE_EXECUTING_EXCEPTION",
    "STOP_PROCESS_DUE_TO_AUTO_REGENERATE",
  ]);
});

verifies("databricks.error-types", "the space, its money and its platform", () => {
  const misconfigured = typesWith("genie_misconfigured");
  expect(misconfigured).toEqual(
    expect.arrayContaining([
      "BUDGET_EXCEEDED_EXCEPTION",
      "COULD_NOT_GET_UC_SCHEMA_EXCEPTION",
      "INTERNAL_CATALOG_PATH_OVERLAP_EXCEPTION",
      "INVALID_CERTIFIED_ANSWER_FUNCTION_EXCEPTION",
      "NO_DEPLOYMENTS_AVAILABLE_TO_WORKSPACE",
      "NO_TABLES_TO_QUERY_EXCEPTION",
      "PAY_PER_TOKEN_DISABLED_EXCEPTION",
      "TABLES_MISSING_EXCEPTION",
      "TOO_MANY_TABLES_EXCEPTION",
      "WAREHOUSE_NOT_FOUND_EXCEPTION",
    ]),
  );
  expect(misconfigured.length + typesWith("genie_failed").length).toBe(67 - 7 - 1 - 2 - 3);
});

verifies(
  "databricks.error-types",
  "unknown types are genie_failed, also names of Object's own",
  () => {
    for (const type of ["", "NEW_IN_2027", "toString", "__proto__", "constructor"]) {
      expect(messageFailure(type, "").code).toBe("genie_failed");
    }
  },
);

verifies("databricks.grants", "rights that come under another type are told by the text", () => {
  const denied = "[INSUFFICIENT_PERMISSIONS] Insufficient privileges: …";
  expect(messageFailure("SQL_EXECUTION_EXCEPTION", denied).code).toBe("data_forbidden");
  expect(messageFailure("SQL_EXECUTION_EXCEPTION", "[DIVIDE_BY_ZERO]").code).toBe("genie_failed");
  const warehouse =
    "Unable to access the Genie Space … Please ensure you have CAN USE permissions on the SQL warehouse and the Genie Space.";
  for (const type of ["", "SQL_EXECUTION_EXCEPTION", "TABLES_MISSING_EXCEPTION"]) {
    expect(messageFailure(type, warehouse).code).toBe("warehouse_forbidden");
  }
});

test("no text of Genie reaches the failure", () => {
  const types = fc.oneof(fc.constantFrom(...MESSAGE_ERROR_TYPES), fc.string());
  fc.assert(
    fc.property(types, fc.string(), (type, text) => {
      const failure = JSON.stringify(messageFailure(type, `MARKER-5c1 ${text}`));
      expect(failure).not.toContain("MARKER-5c1");
    }),
  );
});
