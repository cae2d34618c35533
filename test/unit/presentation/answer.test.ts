import { describe, expect } from "vitest";
import { answerSchema } from "../../../shared/contracts/answer.ts";
import { toAnswer } from "../../../shared/presentation/answer.ts";
import { toListedMessage } from "../../../shared/presentation/reading-bodies.ts";
import { verifies } from "../../support/verifies.ts";
import { anAnswer, aResult } from "./an-answer.ts";
import {
  aMessage,
  anEnded,
  anInput,
  aQuery,
  aRunning,
  aText,
  conversationId,
  messageId,
  problem,
  someLinks,
  someRows,
} from "./builders.ts";

function answerTo(message: Parameters<typeof aMessage>[0], results = [someRows()]) {
  return toAnswer(anInput({ source: { message: aMessage(message), results } }));
}

describe("shape", () => {
  verifies("answers.shape", "a completed answer, field by field", () => {
    const rowsUrl = `${problem.baseUrl}/genie/conversation/${conversationId}/messages/${messageId}/results/a1`;
    const result = aResult({
      description: "You want the revenue of each region",
      sql: "SELECT region, revenue FROM sales",
      links: { json: rowsUrl, csv: `${rowsUrl}?format=csv` },
    });
    const answer = anAnswer({
      space: "default",
      answer: "EMEA leads.",
      suggested_questions: [],
      results: [result],
      timings: { queued_ms: 2_000, genie_ms: 12_890 },
    });
    expect(toAnswer(anInput())).toStrictEqual(answer);
  });

  const states = [
    { kind: "completed" },
    { kind: "result_expired" },
    { kind: "cancelled" },
    { kind: "working", stage: undefined },
    { kind: "failed", failure: { code: "genie_failed", detail: "It failed." } },
  ] as const;
  for (const state of states) {
    verifies("answers.shape", `a message that is ${state.kind} fits the contract`, () => {
      answerSchema.parse(answerTo({ state }));
    });
  }

  verifies("answers.shape", "charts are listed with their ids", () => {
    const chart = { kind: "visualization", attachmentId: null, title: "Revenue" } as const;
    expect(answerTo({ attachments: [chart] }).visualizations).toEqual([
      { attachment_id: null, title: "Revenue" },
    ]);
  });
});

describe("words", () => {
  verifies("answers.text", "all final text is joined by a blank line", () => {
    const { answer } = answerTo({ attachments: [aText("One."), aQuery(), aText("Two.")] });
    expect(answer).toBe("One.\n\nTwo.");
  });

  verifies("answers.text", "text strictly between the first and the last query is dropped", () => {
    const attachments = [
      aText("kept"),
      aQuery(),
      aText("old"),
      aQuery(),
      aText("old"),
      aQuery(),
      aText("kept too"),
    ];
    expect(answerTo({ attachments }).answer).toBe("kept\n\nkept too");
  });

  verifies("answers.text", "thinking and blank text are no answer", () => {
    const attachments = [aText("Let me see", "thinking"), aText(" \n")];
    expect(answerTo({ attachments }).answer).toBeNull();
  });

  verifies("answers.follow-up", "when Genie asks back, the answer is null", () => {
    const attachments = [aText("I can help."), aText("Which year?", "follow_up")];
    const answer = answerTo({ attachments });
    expect(answer).toMatchObject({
      answer: null,
      follow_up_question: "Which year?",
      status: "completed",
    });
  });

  verifies("answers.shape", "suggested questions of all attachments", () => {
    const questions = (list: string[]) => ({ kind: "suggestions", questions: list }) as const;
    const attachments = [questions(["a?"]), questions(["b?", "c?"])];
    expect(answerTo({ attachments }).suggested_questions).toEqual(["a?", "b?", "c?"]);
  });
});

describe("results", () => {
  verifies(
    "answers.queries",
    "all queries in order; one without an id has no links and no rows",
    () => {
      const attachments = [aQuery({ attachmentId: null, sql: "SELECT 1" }), aQuery()];
      const { results } = answerTo({ attachments });
      expect(results.map((result) => result.attachment_id)).toEqual([null, "a1"]);
      expect(results[0]).toMatchObject({ sql: "SELECT 1", rows: [], columns: [], row_count: 2 });
      expect(results[0]).not.toHaveProperty("links");
      expect(results[1]?.rows).toHaveLength(2);
    },
  );

  verifies("answers.rows", "at most max_rows rows; row_count stays what Databricks holds", () => {
    for (const [maxRows, shown] of [
      [0, 0],
      [1, 1],
      [5_000, 2],
    ] as const) {
      const { results } = toAnswer(anInput({ maxRows }));
      expect(results[0]?.rows).toHaveLength(shown);
      expect(results[0]?.row_count).toBe(2);
    }
  });

  verifies("answers.rows", "truncated is Genie's own limit", () => {
    const read = [someRows({ truncated: true, rowCount: 5_000 })];
    expect(answerTo({}, read).results[0]).toMatchObject({ truncated: true, row_count: 5_000 });
  });

  verifies("answers.rows", "an expired message keeps text and SQL and is completed", () => {
    const answer = answerTo({ state: { kind: "result_expired" } }, []);
    expect(answer).toMatchObject({ status: "completed", answer: "EMEA leads." });
    expect(answer.results[0]).toMatchObject({ expired: true, rows: [], sql: expect.any(String) });
  });

  verifies("answers.rows", "rows that expired on their own are marked too", () => {
    const expired = [someRows({ expired: true, rows: [], columns: [] })];
    expect(answerTo({}, expired).results[0]).toMatchObject({ expired: true, rows: [] });
  });
});

describe("states", () => {
  verifies("answers.running", "words are held back until Genie is done; the SQL shows", () => {
    const state = { kind: "working", stage: "EXECUTING_QUERY" } as const;
    const attachments = [aQuery(), aText("Maybe"), aText("Which?", "follow_up")];
    const input = anInput({
      source: { message: aMessage({ state, attachments }), results: [] },
      operation: aRunning(),
    });
    expect(toAnswer(input)).toMatchObject({
      status: "running",
      answer: null,
      follow_up_question: null,
      suggested_questions: [],
      results: [{ sql: "SELECT region, revenue FROM sales", rows: [], expired: false }],
      timings: { queued_ms: 2_000, genie_ms: null },
    });
  });

  verifies("answers.failed", "a failed message carries its problem", () => {
    const failure = { code: "data_forbidden", detail: "No.", remedy: "GRANT SELECT …" } as const;
    const answer = answerTo({ state: { kind: "failed", failure } }, []);
    expect(answer.status).toBe("failed");
    expect(answer.error).toMatchObject({
      code: "data_forbidden",
      status: 403,
      instance: problem.instance,
      request_id: "r1",
    });
  });

  verifies(
    "answers.failed",
    "a message cancelled in Genie is failed with operation_cancelled",
    () => {
      expect(answerTo({ state: { kind: "cancelled" } }).error?.code).toBe("operation_cancelled");
    },
  );

  verifies("answers.timings", "null without an operation, and before the ask", () => {
    expect(toAnswer(anInput({ operation: null }))).toMatchObject({
      operation_id: null,
      timings: null,
    });
    expect(toAnswer(anInput({ operation: anEnded("cancelled", false) })).timings).toBeNull();
  });

  verifies("answers.timings", "a clock that went back never makes a negative wait", () => {
    const operation = aRunning({ createdAt: 9e12 });
    expect(toAnswer(anInput({ operation })).timings?.queued_ms).toBe(0);
  });
});

describe("links", () => {
  verifies("answers.links", "a space other than default is carried, and nothing else is", () => {
    const carried = { format: "markdown", maxRows: 5, never: true } as const;
    const { results } = toAnswer(anInput({ space: "sales", links: someLinks({ carried }) }));
    expect(results[0]?.links?.json).toMatch(/\/results\/a1\?space=sales$/);
  });

  verifies("answers.links", "none for function-key callers", () => {
    const { results } = toAnswer(anInput({ links: someLinks({ showResultLinks: false }) }));
    expect(results[0]).not.toHaveProperty("links");
  });

  verifies("answers.links", "an id of Databricks never breaks out of its segment", () => {
    const attachments = [aQuery({ attachmentId: "../../x?y#z" })];
    expect(answerTo({ attachments }).results[0]?.links?.json).toMatch(
      /\/results\/\.\.%2F\.\.%2Fx%3Fy%23z$/,
    );
  });

  const chart = (attachmentId: string | null, title: string | null = "Revenue") =>
    ({ kind: "visualization", attachmentId, title }) as const;

  verifies("answers.links", "a picture by the id of its visualisation, in its space", () => {
    const attachments = [chart("a2"), chart(null), chart("a/../3", null)];
    const source = { message: aMessage({ attachments }), results: [] };
    const root = `https://gateway.example/genie/conversation/${conversationId}/messages/${messageId}`;
    expect(toAnswer(anInput({ source })).visualizations).toStrictEqual([
      { attachment_id: "a2", title: "Revenue", links: { png: `${root}/visualizations/a2` } },
      { attachment_id: null, title: "Revenue" },
      {
        attachment_id: "a/../3",
        title: null,
        links: { png: `${root}/visualizations/a%2F..%2F3` },
      },
    ]);
    const sales = toAnswer(anInput({ source, space: "sales" }));
    answerSchema.parse(sales);
    expect(sales.visualizations[0]?.links?.png).toMatch(/\/a2\?space=sales$/);
  });

  verifies("answers.links", "no picture for function-key callers either", () => {
    const source = { message: aMessage({ attachments: [chart("a2")] }), results: [] };
    const links = someLinks({ showResultLinks: false });
    expect(toAnswer(anInput({ source, links })).visualizations).toStrictEqual([
      { attachment_id: "a2", title: "Revenue" },
    ]);
  });

  verifies("answers.reading", "a listed message shows words and SQL but no rows", () => {
    const listed = toListedMessage(aMessage(), null, {
      space: "default",
      links: someLinks(),
      problem,
    });
    expect(listed).toMatchObject({ status: "completed", answer: "EMEA leads.", timings: null });
    expect(listed.results[0]).toMatchObject({ sql: expect.any(String), rows: [], expired: false });
  });
});
