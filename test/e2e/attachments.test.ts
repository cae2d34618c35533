// Every kind of attachment that Genie may send, in the order and at the moment it may send it, as the Answer shows it
// (design §3.3). What answers.test.ts and results.test.ts show already is not shown again.

import { describe, expect } from "vitest";
import type { AnswerAttachment } from "../../local/databricks/genie/scripts.ts";
import { eventually } from "../support/eventually.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { followed } from "./follow-reply.ts";
import { acceptedOf, answerOf, call, operationOf } from "./gateway-client.ts";
import { scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("attachments");
const questions = scriptedQuestions(stand);

const result = { columns: [{ name: "n", type: "INT" }], rows: [["1"], [null]] };
const query = (sql: string, more: { withId?: false } = {}) =>
  ({ kind: "query", title: sql, sql, result, ...more }) as const;
const text = (content: string) => ({ kind: "text", content }) as const;
const asksBack = (content: string) =>
  ({ kind: "text", content, purpose: "FOLLOW_UP_QUESTION" }) as const;
const suggests = (...list: string[]) => ({ kind: "suggestions", questions: list }) as const;
const raw = (wire: Record<string, unknown>) => ({ kind: "raw", wire }) as const;

const answered = async (...attachments: AnswerAttachment[]) =>
  answerOf(await questions.ask({ stages: [], attachments }));
const read = (path: string) => call(stand(), { path, as: "analyst" });
/** The same question read by its message: a client that comes later sees the same. */
const readAgain = async ({ conversation_id: c, message_id: m }: Record<string, unknown>) =>
  answerOf(await read(`/genie/conversation/${c}/messages/${m}`));

describe.concurrent("words", () => {
  verifies("gateway.answers", "a query with its text and suggestions", async () => {
    const answer = await answered(
      query("SELECT 1"),
      { ...text("One row."), withId: true },
      suggests("And by month?", "And by year?"),
    );
    expect(answer).toMatchObject({
      answer: "One row.",
      follow_up_question: null,
      suggested_questions: ["And by month?", "And by year?"],
      results: [{ sql: "SELECT 1", rows: [{ n: 1 }, { n: null }], row_count: 2 }],
    });
    expect(await readAgain(answer)).toEqual(answer);
  });

  verifies("gateway.answers", "suggestions of several attachments, in their order", async () => {
    const answer = await answered(suggests("a?", "b?"), text("Text."), suggests("c?"), suggests());
    expect(answer.suggested_questions).toEqual(["a?", "b?", "c?"]);
  });

  verifies(
    "gateway.answers",
    "a question asked back between two queries is superseded",
    async () => {
      const answer = await answered(
        text("Before."),
        query("SELECT 1"),
        asksBack("Which year?"),
        query("SELECT 2"),
        text("After."),
      );
      expect(answer).toMatchObject({ answer: "Before.\n\nAfter.", follow_up_question: null });
      expect(JSON.stringify(answer)).not.toContain("Which year?");
    },
  );

  verifies("gateway.answers", "one asked back after the last query counts", async () => {
    const answer = await answered(
      query("SELECT 1"),
      text("Superseded."),
      query("SELECT 2"),
      text("Two."),
      asksBack("Only this year?"),
      suggests("Yes", "No"),
    );
    expect(answer).toMatchObject({
      answer: null,
      follow_up_question: "Only this year?",
      suggested_questions: ["Yes", "No"],
      results: [{ sql: "SELECT 1" }, { sql: "SELECT 2" }],
    });
  });

  verifies(
    "gateway.answers",
    "text right before the first and after the last query stays",
    async () => {
      const answer = await answered(text("First."), query("SELECT 1"), text("Last."));
      expect(answer.answer).toBe("First.\n\nLast.");
    },
  );

  verifies(
    "gateway.answers",
    "thinking and verifying are not shown, wherever they stand",
    async () => {
      const phases = ["RESPONSE_PHASE_THINKING", "RESPONSE_PHASE_VERIFYING"] as const;
      const hidden = phases.map((phase) => ({ ...asksBack("Hidden?"), phase }));
      const [before, after] = [phases.map((phase) => ({ ...text("Hidden."), phase })), hidden];
      const answer = await answered(...before, query("SELECT 1"), ...after, text("Shown."));
      expect(answer).toMatchObject({ answer: "Shown.", follow_up_question: null });
      expect(JSON.stringify(answer)).not.toContain("Hidden");
    },
  );

  verifies("gateway.answers", "nothing at all is an answer without words", async () => {
    const empty = { answer: null, suggested_questions: [], results: [], visualizations: [] };
    expect(await answered()).toMatchObject({ status: "completed", ...empty });
  });
});

describe.concurrent("ids and kinds", () => {
  verifies("gateway.answers", "a query without an id: its SQL, no rows and no links", async () => {
    const [, bare] = (await answered(query("SELECT 1"), query("SELECT 2", { withId: false })))
      .results;
    expect(bare).toMatchObject({ attachment_id: null, sql: "SELECT 2", rows: [], row_count: 2 });
    expect(bare).not.toHaveProperty("links");
  });

  verifies(
    "gateway.answers",
    "visualisations without title or id: no link without an id",
    async () => {
      const answer = await answered(
        query("SELECT 1"),
        { kind: "viz", title: "A chart" },
        { kind: "viz" },
        raw({ viz: { title: "No id" } }),
        raw({ attachment_id: "", viz: {} }),
      );
      const [titled, untitled, ...withoutId] = answer.visualizations;
      const png = expect.stringMatching(/\/visualizations\/[0-9a-f]{32}$/);
      expect(titled).toMatchObject({ title: "A chart", links: { png } });
      expect(untitled).toMatchObject({ title: null, links: { png } });
      expect(withoutId).toEqual([
        { attachment_id: null, title: "No id" },
        { attachment_id: null, title: null },
      ]);
    },
  );

  verifies("gateway.answers", "what this version does not know is passed over", async () => {
    const answer = await answered(
      raw({ attachment_id: "f".repeat(32), hologram: { content: "unknown" } }),
      raw({ attachment_id: "e".repeat(32) }),
      raw({}),
      raw({ text: {} }),
      raw({ text: { content: "" } }),
      raw({ suggested_questions: {} }),
      raw({ text: { content: "Known.", tone: "friendly", purpose: "A_PURPOSE_OF_TOMORROW" } }),
    );
    expect(answer).toMatchObject({ answer: "Known.", results: [], visualizations: [] });
    expect(JSON.stringify(answer)).not.toMatch(/unknown|friendly|hologram/);
  });
});

describe.concurrent("on the way", () => {
  verifies("answers.running", "SQL shows while it runs; words wait for the end", async () => {
    const stages = [
      { status: "SUBMITTED", forMs: 50 },
      { status: "EXECUTING_QUERY", forMs: 1 },
    ];
    const attachments = [query("SELECT 1"), { ...text("Early."), appears: { stage: 1 } }];
    const script = { stages, attachments, outcome: { kind: "never" } } as const;
    const accepted = acceptedOf(await questions.ask(script, { query: "?async=always" }));
    const shown = [{ sql: "SELECT 1", rows: [], row_count: null, expired: false }];
    await eventually(async () =>
      expect((await readAgain({ ...accepted })).results).toMatchObject(shown),
    );
    expect(await readAgain({ ...accepted })).toMatchObject({ status: "running", answer: null });
    stand().databricks.endMessage(accepted.message_id ?? "", { kind: "completed" });
    const answer = answerOf(await followed(await read(accepted.links.result), read));
    expect(answer).toMatchObject({
      answer: "Early.",
      results: [{ rows: [{ n: 1 }, { n: null }] }],
    });
  });

  verifies(
    "gateway.answers",
    "states may be skipped: straight to the end, or to the SQL",
    async () => {
      for (const statuses of [[], ["EXECUTING_QUERY"], ["PENDING_WAREHOUSE"]]) {
        const stages = statuses.map((status) => ({ status, forMs: 300 }));
        const answer = answerOf(await questions.ask({ stages, result }));
        expect(answer).toMatchObject({ status: "completed", results: [{ row_count: 2 }] });
      }
    },
  );

  verifies("gateway.answers", "a state of tomorrow is no end, and no stage of ours", async () => {
    const stages = [{ status: "IN_PROGRESS", forMs: 1 }];
    const script = { stages, outcome: { kind: "never" } } as const;
    const { links } = acceptedOf(await questions.ask(script, { query: "?wait=1" }));
    const operation = operationOf(await call(stand(), { path: links.self, as: "analyst" }));
    expect(operation).toMatchObject({ status: "running", stage: "SUBMITTED" });
  });
});

/** All that genie-api.md §3 names. */
const TYPE_NAMES = [
  ...["ARRAY", "BINARY", "BOOLEAN", "BYTE", "CHAR", "DATE", "DECIMAL", "DOUBLE", "FLOAT", "INT"],
  ...["INTERVAL", "LONG", "MAP", "NULL", "SHORT", "STRING", "STRUCT", "TIMESTAMP"],
  ...["USER_DEFINED_TYPE", "TIMESTAMP_NTZ", "VARIANT", "GEOMETRY", "GEOGRAPHY", "TABLE_TYPE"],
];

describe.concurrent("rows", () => {
  verifies("answers.typed-cells", "null and odd text in a column of every type", async () => {
    const columns = TYPE_NAMES.map((type) => ({ name: type.toLowerCase(), type }));
    const rows = [TYPE_NAMES.map(() => null), TYPE_NAMES.map(() => "?"), TYPE_NAMES.map(() => "")];
    const script = { stages: [], result: { columns, rows } };
    const [first] = answerOf(await questions.ask(script)).results;
    expect(first?.columns).toEqual(columns);
    expect(first?.rows.map((row) => Object.values(row))).toEqual(rows);
  });

  verifies("gateway.answers", "four chunks, of which only the numbers are told", async () => {
    const many = {
      columns: [{ name: "n", type: "LONG" }],
      rows: Array.from({ length: 3_500 }, (_, n) => [`${n}`]),
    };
    const script = { stages: [], result: many };
    const [first] = answerOf(await questions.ask(script, { query: "?max_rows=5000" })).results;
    expect(first).toMatchObject({ row_count: 3_500, truncated: false });
    expect(first?.rows.map(({ n }) => n)).toEqual(Array.from({ length: 3_500 }, (_, n) => n));
    const chunks = stand().databricks.calls({ route: "getStatementResultChunk" });
    expect(chunks.filter(({ path }) => path.includes(first?.statement_id ?? "")).length).toBe(3);
  });

  verifies("gateway.answers", "truncated as Databricks says, also below 5,000 rows", async () => {
    const truncated = { ...result, truncated: true };
    const [first] = answerOf(await questions.ask({ stages: [], result: truncated })).results;
    expect(first).toMatchObject({ truncated: true, row_count: 2 });
  });

  verifies(
    "gateway.answers",
    "each query has its own rows, in the order of the queries",
    async () => {
      const one = (n: string) => ({ columns: [{ name: n, type: "INT" }], rows: [[n]] });
      const answer = await answered(
        { kind: "query", sql: "SELECT 3", result: one("3") },
        { kind: "query", sql: "SELECT 1", result: null },
        { kind: "query", sql: "SELECT 2", result: { ...one("2"), rows: [] } },
      );
      expect(answer.results).toMatchObject([
        { sql: "SELECT 3", rows: [{ 3: 3 }] },
        { sql: "SELECT 1", rows: [] },
        { sql: "SELECT 2", rows: [], row_count: 0 },
      ]);
    },
  );
});
