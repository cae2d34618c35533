// What Genie's messages become over HTTP: terminal states, text, queries, stages (design §3.3).
// The error types are in message-errors.test.ts, more kinds of attachments in attachments.test.ts.

import { describe, expect } from "vitest";
import type { AnswerAttachment } from "../../local/databricks/genie/scripts.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { followed } from "./follow-reply.ts";
import { acceptedOf, answerOf, ask, call, operationOf, problemOf } from "./gateway-client.ts";
import { NEVER_DONE, scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("answers");
const questions = scriptedQuestions(stand);

const read = (path: string) => call(stand(), { path, as: "analyst" });
const answered = async (attachments: readonly AnswerAttachment[], query = "") =>
  answerOf(await questions.ask({ stages: [], attachments }, { query }));
const oneNumber = (n: string) => ({
  columns: [{ name: "n", type: "INT" }],
  rows: [[n]],
});

describe.concurrent("terminal states", () => {
  verifies("gateway.terminal-states", "COMPLETED is 200 with the answer", async () => {
    const answer = await answered([{ kind: "text", content: SECRET_MARKERS.answer }]);
    expect(answer).toMatchObject({
      status: "completed",
      answer: SECRET_MARKERS.answer,
      results: [],
    });
    expect(answer.timings?.queued_ms).toBeGreaterThanOrEqual(0);
    expect(answer.timings?.genie_ms).toBeGreaterThanOrEqual(0);
  });

  verifies(
    "gateway.terminal-states",
    "CANCELLED in Genie is 409, and the operation says so",
    async () => {
      const script = { stages: [], outcome: { kind: "cancelled" } } as const;
      problemOf(await questions.ask(script), 409, "operation_cancelled");
      const { links, message_id } = acceptedOf(
        await questions.ask(NEVER_DONE, { query: "?async=always" }),
      );
      stand().databricks.endMessage(message_id ?? "");
      const result = await followed(await read(links.result), read);
      problemOf(result, 409, "operation_cancelled");
      const operation = operationOf(await read(links.self));
      expect(operation.status).toBe("cancelled");
    },
  );

  verifies(
    "gateway.terminal-states",
    "QUERY_RESULT_EXPIRED is 200 with SQL and no rows",
    async () => {
      const reply = await questions.ask({
        stages: [],
        outcome: { kind: "expired" },
        result: oneNumber("1"),
      });
      expect(answerOf(reply)).toMatchObject({
        status: "completed",
        answer: "A scripted answer.",
        results: [{ sql: "SELECT 1", rows: [], expired: true }],
      });
    },
  );
});

describe.concurrent("what Genie says", () => {
  verifies(
    "gateway.answers",
    "several texts are joined by a blank line; text alone has no results",
    async () => {
      const answer = await answered([
        { kind: "text", content: "First." },
        { kind: "text", content: "Second.", purpose: "TEXT_ATTACHMENT_PURPOSE_ANSWER" },
        { kind: "suggestions", questions: ["And by month?"] },
      ]);
      expect(answer).toMatchObject({
        answer: "First.\n\nSecond.",
        follow_up_question: null,
        suggested_questions: ["And by month?"],
        results: [],
      });
    },
  );

  verifies("gateway.answers", "a question that Genie asks back stands alone", async () => {
    const answer = await answered([
      { kind: "text", content: "Which year?", purpose: "FOLLOW_UP_QUESTION" },
    ]);
    expect(answer).toMatchObject({ answer: null, follow_up_question: "Which year?" });
  });

  verifies(
    "gateway.answers",
    "several queries in order; superseded text and thinking are dropped",
    async () => {
      const answer = await answered([
        { kind: "text", content: "Thinking.", phase: "RESPONSE_PHASE_THINKING" },
        { kind: "text", content: "Before." },
        { kind: "query", title: "one", sql: "SELECT 1", result: oneNumber("1") },
        { kind: "text", content: "Superseded." },
        { kind: "query", title: "two", sql: "SELECT 2", result: oneNumber("2"), withId: false },
        { kind: "text", content: "Superseded too." },
        { kind: "query", title: "three", sql: "SELECT 3", result: oneNumber("3") },
        { kind: "viz", title: "A chart" },
        { kind: "text", content: "Verifying.", phase: "RESPONSE_PHASE_VERIFYING" },
        { kind: "text", content: "After." },
        { kind: "raw", wire: { attachment_id: "f".repeat(32), hologram: { content: "?" } } },
      ]);
      expect(answer.answer).toBe("Before.\n\nAfter.");
      expect(answer.results).toMatchObject([
        { title: "one", sql: "SELECT 1", rows: [{ n: 1 }] },
        { title: "two", sql: "SELECT 2", attachment_id: null },
        { title: "three", sql: "SELECT 3", rows: [{ n: 3 }] },
      ]);
      expect(answer.results.map(({ links }) => links !== undefined)).toEqual([true, false, true]);
      expect(answer.visualizations).toMatchObject([{ title: "A chart" }]);
      expect(JSON.stringify(answer)).not.toMatch(/Thinking|Verifying|Superseded/);
    },
  );

  verifies("gateway.answers", "thinking alone is no answer", async () => {
    const answer = await answered([
      { kind: "text", content: "Hmm.", phase: "RESPONSE_PHASE_THINKING" },
    ]);
    expect(answer).toMatchObject({ status: "completed", answer: null, results: [] });
  });

  verifies("gateway.answers", "thoughts of a query are not shown", async () => {
    const thoughts = [{ type: "THOUGHT_TYPE_STEPS", content: "secret thoughts" }];
    const result = oneNumber("1");
    const answer = await answered([{ kind: "query", sql: "SELECT 1", thoughts, result }]);
    expect(JSON.stringify(answer)).not.toContain("secret thoughts");
  });

  verifies("gateway.answers", "unknown states and loops back on the way do no harm", async () => {
    const statuses = [
      "IN_PROGRESS",
      "EXECUTING_QUERY",
      "ASKING_AI",
      "REFLECTING",
      "EXECUTING_QUERY",
    ];
    const reply = await questions.ask(
      {
        stages: statuses.map((status) => ({ status, forMs: 700 })),
        replyStatus: "IN_PROGRESS",
        result: oneNumber("7"),
      },
      { query: "?wait=12" },
    );
    const answer = answerOf(await followed(reply, read));
    expect(answer).toMatchObject({ status: "completed", results: [{ rows: [{ n: 7 }] }] });
  });

  verifies(
    "answers.running",
    "an unfinished message read by its id shows what is known",
    async () => {
      const { conversation_id, message_id } = acceptedOf(
        await questions.ask(NEVER_DONE, { query: "?async=always" }),
      );
      const path = `/genie/conversation/${conversation_id}/messages/${message_id}`;
      const running = answerOf(await read(path));
      expect(running).toMatchObject({ status: "running", message_id, answer: null, results: [] });
    },
  );

  verifies(
    "gateway.answers",
    "a follow-up goes on in its conversation, with real SQL",
    async () => {
      const first = answerOf(await ask(stand(), "analyst", { query: "average delay by origin" }));
      const { conversation_id } = first;
      const body = { query: "top 3", conversation_id, space: "default" };
      const second = answerOf(await ask(stand(), "analyst", body));
      expect(second).toMatchObject({ conversation_id, question: "top 3" });
      expect(second.results[0]?.rows).toHaveLength(3);
      expect(second.message_id).not.toBe(first.message_id);
    },
  );

  verifies("databricks.visualisations", "the question arrives unchanged", async () => {
    const query = `  Zeile 1\n\t"Zeile 2" \u{1f9a9} ${SECRET_MARKERS.question} \u00e9e\u0301 ${"z".repeat(9_000)} `;
    stand().databricks.script(query, { stages: [] });
    const answer = answerOf(await ask(stand(), "analyst", { query }));
    expect(answer.question).toBe(query);
    expect(
      stand()
        .databricks.asks()
        .map(({ question }) => question),
    ).toContain(query);
  });

  verifies("answers.links", "another space is asked, and its links say so", async () => {
    const reply = await questions.ask(
      { stages: [], result: oneNumber("1") },
      { body: { space: "showcase" } },
    );
    const answer = answerOf(reply);
    expect(answer.space).toBe("showcase");
    const link = new URL(answer.results[0]?.links?.json ?? "");
    expect(link.searchParams.get("space")).toBe("showcase");
    const page = await call(stand(), { path: link.href, as: "analyst" });
    expect(JSON.parse(page.text)).toMatchObject({ rows: [{ n: 1 }] });
    link.searchParams.delete("space");
    expect((await call(stand(), { path: link.href, as: "analyst" })).status).toBe(404);
  });
});
