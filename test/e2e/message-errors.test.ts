// The error types of Genie's failed messages, each through the endpoint: what the ask answers, and what a read of the
// message shows (design §3.9). The groups are told here once more, apart from the table of the code.

import { describe, expect } from "vitest";
import { MESSAGE_ERROR_TYPES } from "../../shared/databricks/message-error-types.ts";
import { ERROR_CATALOGUE, type ErrorCode } from "../../shared/errors/error-catalogue.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { answerOf, call, problemOf } from "./gateway-client.ts";
import { scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("message-errors");
const questions = scriptedQuestions(stand);
const UPSTREAM_TEXT = `Internal text of Databricks ${SECRET_MARKERS.answer}`;

/** Name without `_EXCEPTION`; every other one is `genie_failed`. */
const GROUPS: Partial<Record<ErrorCode, readonly string[]>> = {
  genie_rephrase: [
    ...["CONTENT_FILTER", "CONTEXT_EXCEEDED", "EXCEEDED_MAX_TOKEN_LENGTH"],
    ...["LOCAL_CONTEXT_EXCEEDED", "GENERATED_SQL_QUERY_TOO_LONG", "NO_QUERY_TO_VISUALIZE"],
    "MESSAGE_ATTACHMENT_TOO_LONG_ERROR",
  ],
  warehouse_forbidden: ["WAREHOUSE_ACCESS_MISSING"],
  data_forbidden: ["DASHBOARD_PERMISSION_DENIED", "DELEGATION_NOT_FOUND"],
  conversation_busy: [
    ...["BLOCK_MULTIPLE_EXECUTIONS", "MESSAGE_UPDATED_WHILE_EXECUTING"],
    "STOP_PROCESS_DUE_TO_AUTO_REGENERATE",
  ],
  genie_misconfigured: [
    ...["WAREHOUSE_NOT_FOUND", "TABLES_MISSING", "NO_TABLES_TO_QUERY", "TOO_MANY_TABLES"],
    ...["COULD_NOT_GET_UC_SCHEMA", "COULD_NOT_GET_DASHBOARD_SCHEMA", "INVALID_TABLE_IDENTIFIER"],
    ...["INVALID_CERTIFIED_ANSWER_FUNCTION", "INVALID_CERTIFIED_ANSWER_IDENTIFIER"],
    ...["CERTIFIED_ANSWERS_MISSING", "TOO_MANY_CERTIFIED_ANSWERS", "FUNCTIONS_NOT_AVAILABLE"],
    ...["ILLEGAL_PARAMETER_DEFINITION", "INTERNAL_CATALOG_ASSET_CREATION_FAILED"],
    ...["INTERNAL_CATALOG_ASSET_CREATION_ONGOING", "INTERNAL_CATALOG_ASSET_CREATION_UNSUPPORTED"],
    ...["INTERNAL_CATALOG_MISSING_UC_PATH", "INTERNAL_CATALOG_PATH_OVERLAP", "BUDGET_EXCEEDED"],
    ...["PAY_PER_TOKEN_DISABLED", "NO_DEPLOYMENTS_AVAILABLE_TO_WORKSPACE", "UNKNOWN_AI_MODEL"],
    ...["DEPLOYMENT_NOT_FOUND", "COULD_NOT_GET_MODEL_DEPLOYMENTS"],
  ],
};
const CODES = Object.keys(ERROR_CATALOGUE) as ErrorCode[];
const isIn = (code: ErrorCode, type: string) =>
  (GROUPS[code] ?? []).some((name) => type === name || type === `${name}_EXCEPTION`);
const codeOf = (type: string): ErrorCode =>
  CODES.find((code) => isIn(code, type)) ?? "genie_failed";

const failed = (type: string, error = UPSTREAM_TEXT) =>
  ({ stages: [], outcome: { kind: "failed", type, error } }) as const;

describe.concurrent("each error type", () => {
  const unknown = ["AN_ERROR_TYPE_OF_TOMORROW", "", "__proto__", "constructor"];
  for (const type of [...MESSAGE_ERROR_TYPES, ...unknown]) {
    const code = codeOf(type);
    const { status } = ERROR_CATALOGUE[code];
    verifies("databricks.error-types", `${type || "no type"} is ${status} ${code}`, async () => {
      const reply = await questions.ask(failed(type));
      const { remedy } = problemOf(reply, status, code);
      expect(remedy).toBeTruthy();
      expect([403, 409, 422]).toContain(reply.status); // engines repeat none of them
      expect(reply.text).not.toContain(SECRET_MARKERS.answer);
    });
  }

  verifies("databricks.error-types", "there are 67, and every group is spelt right", () => {
    expect(MESSAGE_ERROR_TYPES).toHaveLength(67);
    const known = MESSAGE_ERROR_TYPES.filter((type) => codeOf(type) !== "genie_failed");
    expect(known).toHaveLength(Object.values(GROUPS).flat().length);
  });
});

describe.concurrent("failed messages", () => {
  const samples: [type: string, text: string, code: ErrorCode][] = [
    [
      "SQL_EXECUTION_EXCEPTION",
      "[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have SELECT on Table 'main.sales.orders'. SQLSTATE: 42501",
      "data_forbidden",
    ],
    [
      "SQL_EXECUTION_EXCEPTION",
      "[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012",
      "genie_failed",
    ],
    [
      "WAREHOUSE_ACCESS_MISSING_EXCEPTION",
      "Unable to access the Genie Space Sales. Please ensure you have CAN USE permissions on the SQL warehouse and the Genie Space.",
      "warehouse_forbidden",
    ],
    ["RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION", "Rate limit exceeded", "genie_failed"],
    ["CONTENT_FILTER_EXCEPTION", "The content was filtered", "genie_rephrase"],
  ];
  for (const [type, upstream, code] of samples) {
    verifies(
      "gateway.terminal-states",
      `${type} ${upstream.slice(0, 26)}: told alike by the ask, the operation and the message`,
      async () => {
        const attachments = [
          { kind: "query", sql: "SELECT 1", result: null },
          { kind: "suggestions", questions: ["Try this?"] },
        ] as const;
        const reply = await questions.ask(
          { ...failed(type, upstream), attachments },
          { query: "?async=never" },
        );
        const answer = answerOf(reply);
        expect(answer).toMatchObject({
          status: "failed",
          answer: null,
          suggested_questions: ["Try this?"],
          results: [{ sql: "SELECT 1", rows: [] }],
          error: { code },
        });
        expect(reply.text).not.toContain(upstream.slice(0, 26));
        const path = `/genie/conversation/${answer.conversation_id}/messages/${answer.message_id}`;
        const read = answerOf(await call(stand(), { path, as: "analyst" }));
        expect(read).toMatchObject({ status: "failed", error: { code, instance: path } });
        const result = `/genie/operations/${answer.operation_id}/result`;
        const again = await call(stand(), { path: result, as: "analyst" });
        problemOf(again, ERROR_CATALOGUE[code].status, code);
      },
    );
  }

  verifies("gateway.terminal-states", "a failed question is never asked again by us", async () => {
    const { question } = await questions.askTelling(failed("RETRYABLE_PROCESSING_EXCEPTION"));
    const asks = stand().databricks.asks();
    expect(asks.filter((ask) => ask.question === question)).toHaveLength(1);
  });
});
