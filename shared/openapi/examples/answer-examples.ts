// One question from the document's point of view: answered, still on its way, failed. The same ids everywhere, so that a
// reader can follow them from one operation to the next.

import type { Answer } from "../../contracts/answer.ts";
import { EXAMPLE_GENIE_ID, EXAMPLE_OPERATION_ID } from "../../contracts/ids.ts";
import type { OperationBody } from "../../contracts/operation.ts";
import { PLACEHOLDER_BASE } from "../placeholders.ts";
import { problemExample } from "./problem-examples.ts";

export const CONVERSATION = EXAMPLE_GENIE_ID;
const MESSAGE = "01f0a1b2c3e5f60718293a4b5c6d7e8f";
export const ATTACHMENT = "01f0a1b2c3f60718293a4b5c6d7e8f90";
export const STATEMENT = "01f0a1b2-c3d4-1e5f-a607-18293a4b5c6d";
const OPERATION = EXAMPLE_OPERATION_ID;
const AT = `${PLACEHOLDER_BASE}/genie/operations/${OPERATION}`;
const ROWS = `${PLACEHOLDER_BASE}/genie/conversation/${CONVERSATION}/messages/${MESSAGE}/results/${ATTACHMENT}`;
const LINKS = { self: AT, result: `${AT}/result`, events: `${AT}/events` };

export const COLUMNS = [
  { name: "region", type: "STRING" },
  { name: "revenue", type: "DECIMAL" },
];
export const RESULT_ROWS = [
  { region: "EMEA", revenue: 1_234_567.89 },
  { region: "APAC", revenue: 987_654.32 },
];

const asked: Answer = {
  operation_id: OPERATION,
  conversation_id: CONVERSATION,
  message_id: MESSAGE,
  space: "default",
  status: "running",
  question: "What was revenue by region last quarter?",
  answer: null,
  follow_up_question: null,
  suggested_questions: [],
  results: [],
  visualizations: [],
  timings: { queued_ms: 12, genie_ms: null },
};

export const completedAnswer: Answer = {
  ...asked,
  status: "completed",
  answer: "Revenue was highest in **EMEA**.",
  suggested_questions: ["How did revenue change over time?"],
  results: [
    {
      attachment_id: ATTACHMENT,
      title: "Revenue by region",
      description: "Sum of revenue by region, highest first.",
      sql: "SELECT region, SUM(amount) AS revenue FROM sales GROUP BY region ORDER BY revenue DESC",
      statement_id: STATEMENT,
      columns: COLUMNS,
      rows: RESULT_ROWS,
      row_count: 2,
      truncated: false,
      expired: false,
      links: { json: ROWS, csv: `${ROWS}?format=csv` },
    },
  ],
  timings: { queued_ms: 12, genie_ms: 12_890 },
};

/** With `async=never`. */
export const runningAnswer: Answer = { ...asked, links: LINKS };
/** With `async=never`. */
export const failedAnswer: Answer = {
  ...asked,
  status: "failed",
  error: problemExample("warehouse_forbidden"),
};

export const operationExample: OperationBody = {
  operation_id: OPERATION,
  status: "running",
  stage: "EXECUTING_QUERY",
  space: "default",
  conversation_id: CONVERSATION,
  message_id: MESSAGE,
  created_at: "2026-11-23T10:15:00.000Z",
  updated_at: "2026-11-23T10:15:08.000Z",
  expires_at: "2026-11-23T10:25:00.000Z",
  retry_after_s: 2,
  links: LINKS,
};
