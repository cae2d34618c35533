// An ordinary Answer with one result of two rows, as the tests of the presentation expect or need it; each with what it
// is asked to differ in.

import type { Answer, AnswerResult } from "../../../shared/contracts/answer.ts";
import { conversationId, messageId } from "./builders.ts";

export const BASE_URL = "https://gateway.example";
export const rowsUrl = `${BASE_URL}/genie/conversation/c/messages/m/results/a1`;

export function aResult(overrides: Partial<AnswerResult> = {}): AnswerResult {
  return {
    attachment_id: "a1",
    title: "Revenue by region",
    description: null,
    sql: "SELECT region, revenue\nFROM sales",
    statement_id: "s1",
    columns: [
      { name: "region", type: "STRING" },
      { name: "revenue", type: "DECIMAL" },
    ],
    rows: [
      { region: "EMEA", revenue: 1234567.89 },
      { region: "APAC", revenue: null },
    ],
    row_count: 2,
    truncated: false,
    expired: false,
    links: { json: rowsUrl, csv: `${rowsUrl}?format=csv` },
    ...overrides,
  };
}

export function anAnswer(overrides: Partial<Answer> = {}): Answer {
  return {
    operation_id: "o".repeat(22),
    conversation_id: conversationId,
    message_id: messageId,
    space: "sales",
    status: "completed",
    question: "revenue by region",
    answer: "**EMEA** leads.",
    follow_up_question: null,
    suggested_questions: ["And by month?"],
    results: [aResult()],
    visualizations: [],
    timings: null,
    ...overrides,
  };
}
