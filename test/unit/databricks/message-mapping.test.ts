// Messages from the wire to the domain, with every variation of genie-api.md §1.3 and §1.6.

import fc from "fast-check";
import { expect, test } from "vitest";
import { toGenieMessage } from "../../../shared/databricks/message-mapping.ts";
import { messageWire } from "../../../shared/databricks/message-wire.ts";
import { GENIE_STAGES } from "../../../shared/operations/genie.ts";
import { verifies } from "../../support/verifies.ts";

const REF = { spaceId: "s", conversationId: "c", messageId: "m" };
const map = (wire: object) => toGenieMessage(messageWire.parse(wire), REF);

verifies("databricks.tolerant-wire", "a whole message as it was captured", () => {
  const wire = {
    id: "m",
    message_id: "m",
    space_id: "s",
    conversation_id: "c",
    user_id: 4757395811234567,
    content: "Which 5 customers?",
    created_timestamp: 1791414074921,
    last_updated_timestamp: 1791414085088,
    status: "COMPLETED",
    attachments: [
      {
        attachment_id: "a1",
        query: {
          title: "Top customers",
          description: "You want …",
          query: "SELECT 1",
          statement_id: "01f1-7e",
          query_result_metadata: { row_count: 5 },
          thoughts: [{ thought_type: "THOUGHT_TYPE_STEPS", content: "…" }],
        },
      },
      { attachment_id: "a2", suggested_questions: { questions: ["a?", "b?"] } },
      { attachment_id: "a3", viz: { query_attachment_id: "a1", title: "Chart" } },
      { text: { content: "The top five …" } },
    ],
    query_result: { statement_id: "01f1-7e", row_count: 5 },
    field_of_2027: { nested: [1] },
  };
  expect(map(wire)).toEqual({
    ...REF,
    question: "Which 5 customers?",
    state: { kind: "completed" },
    attachments: [
      {
        kind: "query",
        attachmentId: "a1",
        title: "Top customers",
        description: "You want …",
        sql: "SELECT 1",
        statementId: "01f1-7e",
        rowCount: 5,
        truncated: false,
      },
      { kind: "suggestions", questions: ["a?", "b?"] },
      { kind: "visualization", attachmentId: "a3", title: "Chart" },
      { kind: "text", content: "The top five …", purpose: "answer" },
    ],
    createdAt: 1791414074921,
    updatedAt: 1791414085088,
  });
});

verifies(
  "databricks.tolerant-wire",
  "the sample of the documentation: nulls, seconds, IN_PROGRESS",
  () => {
    const wire = {
      id: "m",
      content: "q",
      status: "IN_PROGRESS",
      attachments: null,
      error: null,
      query_result: null,
      created_timestamp: 1719769718,
      last_updated_timestamp: "1719769720",
    };
    expect(map(wire)).toEqual({
      ...REF,
      question: "q",
      state: { kind: "working", stage: undefined },
      attachments: [],
      createdAt: 1719769718000,
      updatedAt: 1719769720000,
    });
    expect(map({})).toMatchObject({ question: "", attachments: [], createdAt: null });
  },
);

verifies("databricks.tolerant-wire", "the ten states, unknown ones and none", () => {
  const stateOf = (status?: string) => map({ status }).state;
  for (const stage of GENIE_STAGES) expect(stateOf(stage)).toEqual({ kind: "working", stage });
  expect(stateOf("COMPLETED")).toEqual({ kind: "completed" });
  expect(stateOf("CANCELLED")).toEqual({ kind: "cancelled" });
  expect(stateOf("CANCELED")).toEqual({ kind: "cancelled" });
  expect(stateOf("QUERY_RESULT_EXPIRED")).toEqual({ kind: "result_expired" });
  for (const unknown of ["THINKING_HARD", "completed", "", undefined]) {
    expect(stateOf(unknown)).toEqual({ kind: "working", stage: undefined });
  }
});

verifies("databricks.tolerant-wire", "a failed message, with and without its error", () => {
  const error = { type: "CONTENT_FILTER_EXCEPTION", error: "no" };
  expect(map({ status: "FAILED", error }).state).toMatchObject({
    failure: { code: "genie_rephrase" },
  });
  expect(map({ status: "FAILED" }).state).toMatchObject({ failure: { code: "genie_failed" } });
});

verifies("databricks.tolerant-wire", "text: asking back, thinking, empty", () => {
  const text = (fields: object) => map({ attachments: [{ text: fields }] }).attachments;
  const content = "c";
  expect(text({ content, purpose: "FOLLOW_UP_QUESTION" })).toMatchObject([
    { purpose: "follow_up" },
  ]);
  expect(text({ content, purpose: "TEXT_ATTACHMENT_PURPOSE_ANSWER" })).toMatchObject([
    { purpose: "answer" },
  ]);
  expect(text({ content, phase: "RESPONSE_PHASE_THINKING" })).toMatchObject([
    { purpose: "thinking" },
  ]);
  expect(text({ content, phase: "NEW_PHASE", purpose: "FOLLOW_UP_QUESTION" })).toMatchObject([
    { purpose: "thinking" },
  ]);
  expect(text({ content: null })).toEqual([]);
  expect(text({})).toEqual([]);
});

verifies(
  "databricks.tolerant-wire",
  "attachments of unknown kinds are left out, legacy ids understood",
  () => {
    const attachments = [
      { attachment_id: "x", hologram: { depth: 3 } },
      {},
      { query: { id: "legacy" } },
      { attachment_id: 12345, query: null, viz: {} },
    ];
    expect(map({ attachments }).attachments).toMatchObject([
      { kind: "query", attachmentId: "legacy", sql: null, rowCount: null, truncated: false },
      { kind: "visualization", attachmentId: "12345", title: null },
    ]);
    const is_truncated = true;
    const truncated = [{ query: { query_result_metadata: { row_count: "5000", is_truncated } } }];
    expect(map({ attachments: truncated }).attachments).toMatchObject([
      { attachmentId: null, rowCount: 5000, truncated: true },
    ]);
  },
);

test("a reply that names other ids does not lead there", () => {
  expect(map({ message_id: "other", conversation_id: "other" })).toMatchObject(REF);
});

test("a time is epoch ms that a Date can hold, or null", () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger()), (time) => {
      fc.pre(Number.isFinite(time));
      const { createdAt } = map({ created_timestamp: time });
      expect(createdAt === null || !Number.isNaN(new Date(createdAt).getTime())).toBe(true);
      if (time > 1 && time < 1e11) expect(createdAt).toBe(Math.trunc(time * 1000));
    }),
  );
});
