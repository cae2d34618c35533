// Rows: typed cells, limits, chunks and pages, expired results (design §3.3 "Typed cells", §3.6).

import { describe, expect } from "vitest";
import type { ScriptedResult } from "../../local/databricks/results/result-data.ts";
import { resultPageSchema } from "../../shared/contracts/reading.ts";
import { useStand } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";
import { answerOf, bodyOf, call, faultyPlaces, problemOf } from "./gateway-client.ts";
import { numberedRows } from "./numbered-rows.ts";
import { scriptedQuestions } from "./scripted-questions.ts";

const stand = useStand("results");
const questions = scriptedQuestions(stand);
const get = (path: string) => call(stand(), { path, as: "analyst" });
const resultOf = async (result: ScriptedResult, query = "") => {
  const answer = answerOf(await questions.ask({ stages: [], result }, { query }));
  const [first] = answer.results;
  if (first === undefined) throw new Error("an answer with rows was expected");
  return { answer, result: first, link: first.links?.json ?? "" };
};
const pageOf = async (path: string) => bodyOf(await get(path), 200, resultPageSchema);

/** type_name, the text that Databricks sends, and the JSON it becomes. */
const CELLS: readonly (readonly [type: string, text: string | null, json: unknown])[] = [
  ["BYTE", "-128", -128],
  ["SHORT", "32767", 32_767],
  ["INT", "2147483647", 2_147_483_647],
  ["LONG", "9007199254740991", 9_007_199_254_740_991],
  ["LONG", "9007199254740993", "9007199254740993"],
  ["FLOAT", "1.5", 1.5],
  ["DOUBLE", "1.0E10", 1e10],
  ["DOUBLE", "NaN", "NaN"],
  ["DOUBLE", "-Infinity", "-Infinity"],
  ["DECIMAL", "1234567.89", 1_234_567.89],
  ["DECIMAL", "12345678901234567890.12", "12345678901234567890.12"],
  ["BOOLEAN", "true", true],
  ["BOOLEAN", "false", false],
  ["STRING", "007", "007"],
  ["STRING", "", ""],
  ["CHAR", "a ", "a "],
  ["DATE", "2025-01-31", "2025-01-31"],
  ["TIMESTAMP", "2025-01-31T23:59:59.123Z", "2025-01-31T23:59:59.123Z"],
  ["TIMESTAMP_NTZ", "2025-01-31T23:59:59.123", "2025-01-31T23:59:59.123"],
  ["ARRAY", '["a",null]', ["a", null]],
  ["MAP", '{"k":1}', { k: 1 }],
  ["STRUCT", '{"a":{"b":[1,2]}}', { a: { b: [1, 2] } }],
  ["VARIANT", '{"v":true}', { v: true }],
  ["INTERVAL", "1-2", "1-2"],
  ["BINARY", "AQID", "AQID"],
  ["GEOMETRY", "POINT(1 2)", "POINT(1 2)"],
  ["NULL", null, null],
  ["INT", null, null],
];

describe.concurrent("rows in an answer", () => {
  verifies(
    "answers.typed-cells",
    "every type arrives as its JSON value, null as null",
    async () => {
      const columns = CELLS.map(([type], index) => ({ name: `c${index}`, type }));
      const { result } = await resultOf({ columns, rows: [CELLS.map(([, text]) => text)] });
      expect(result.columns).toEqual(columns);
      expect(result.rows).toEqual([
        Object.fromEntries(CELLS.map(([, , json], index) => [`c${index}`, json])),
      ]);
    },
  );

  verifies("answers.column-names", "repeated, empty and dangerous column names", async () => {
    const names = ["n", "n", "", "__proto__", "n_2"];
    const { answer, result } = await resultOf({
      columns: names.map((name) => ({ name, type: "INT" })),
      rows: [["1", "2", "3", "4", "5"]],
    });
    expect(result.columns).toHaveLength(5);
    const shown = result.columns.map(({ name }) => name);
    expect(new Set(shown).size).toBe(5);
    expect(shown).toContain("__proto__");
    expect(shown).toContain("column_3");
    expect(answer.status).toBe("completed");
  });

  verifies("gateway.answers", "no rows: columns, no error", async () => {
    const { result, link } = await resultOf({ columns: [{ name: "n", type: "INT" }], rows: [] });
    expect(result).toMatchObject({
      columns: [{ name: "n", type: "INT" }],
      rows: [],
      row_count: 0,
      truncated: false,
      expired: false,
    });
    expect(await pageOf(link)).toMatchObject({ rows: [], row_count: 0, truncated: false });
  });

  verifies("answers.rows", "max_rows: 100 by default, 0 and 5,000 at the bounds", async () => {
    const [standard, none, all] = await Promise.all([
      resultOf(numberedRows(7_000)),
      resultOf(numberedRows(7_000), "?max_rows=0"),
      resultOf(numberedRows(7_000), "?max_rows=5000"),
    ]);
    expect(standard.result.rows).toHaveLength(100);
    expect(none.result).toMatchObject({ rows: [], row_count: 5_000, truncated: true });
    expect(none.result.columns).toHaveLength(2);
    expect(all.result).toMatchObject({ row_count: 5_000, truncated: true });
    expect(all.result.rows.map(({ n }) => n)).toEqual(Array.from({ length: 5_000 }, (_, i) => i));
  });

  verifies("answers.rows", "rows that are ready a little later than the message", async () => {
    const rows = { columns: [{ name: "n", type: "INT" }], rows: [["1"]], pendingForMs: 900 };
    expect((await resultOf(rows)).result.rows).toEqual([{ n: 1 }]);
  });
});

describe.concurrent("pages of a result", () => {
  verifies("gateway.results", "all rows, page by page over chunks of another size", async () => {
    const { link } = await resultOf(numberedRows(7_000), "?max_rows=0");
    const seen: unknown[] = [];
    let token: string | undefined = "";
    let pages = 0;
    for (; token !== undefined && pages < 20; pages += 1) {
      const more: string = token === "" ? "" : `&page_token=${encodeURIComponent(token)}`;
      const page = await pageOf(`${link}?page_size=730${more}`);
      expect(page).toMatchObject({ row_count: 5_000, truncated: true });
      seen.push(...page.rows.map(({ n }) => n));
      token = page.next_page_token;
    }
    expect(pages).toBe(7);
    expect(seen).toEqual(Array.from({ length: 5_000 }, (_, i) => i));
  });

  verifies("gateway.results", "1,000 rows by default; a page reads alike again", async () => {
    const { link } = await resultOf(numberedRows(2_500), "?max_rows=0");
    const first = await pageOf(link);
    expect(first.rows).toHaveLength(1_000);
    expect(first).toMatchObject({ row_count: 2_500, truncated: false });
    const next = `${link}?page_token=${encodeURIComponent(first.next_page_token ?? "")}`;
    const second = await pageOf(next);
    expect(second.rows[0]).toMatchObject({ n: 1_000 });
    expect(await pageOf(next)).toEqual(second);
    const everything = await pageOf(`${link}?page_size=5000`);
    expect(everything.rows).toHaveLength(2_500);
    expect(everything.next_page_token).toBeUndefined();
  });

  verifies(
    "gateway.results",
    "an expired result is 410 in each way Databricks may say it",
    async () => {
      const seen: string[] = [];
      for (const expiredResult of ["invalid_state", "not_found", "closed"] as const) {
        const { answer, link } = await resultOf(numberedRows(3));
        stand().databricks.behave({ expiredResult });
        stand().databricks.expireResults(answer.message_id ?? "");
        const page = await get(link);
        seen.push(`${expiredResult}: ${page.status} ${JSON.parse(page.text).code}`);
        const path = `/genie/conversation/${answer.conversation_id}/messages/${answer.message_id}`;
        const expired = [{ sql: "SELECT 1", rows: [], expired: true }];
        expect(answerOf(await get(path)).results).toMatchObject(expired);
        const result = await get(`/genie/operations/${answer.operation_id}/result`);
        expect(answerOf(result).results).toMatchObject(expired);
      }
      expect(seen).toEqual([
        "invalid_state: 410 result_expired",
        "not_found: 410 result_expired",
        "closed: 410 result_expired",
      ]);
    },
  );

  verifies(
    "gateway.results",
    "bad sizes, tokens and formats are named; unknown ids are 404",
    async () => {
      const { answer, link, result } = await resultOf(numberedRows(3));
      const cases = [
        ["page_size=0", "page_size"],
        ["page_size=5001", "page_size"],
        ["page_size=1.5", "page_size"],
        ["page_size=10&page_size=20", "page_size"],
        ["page_token=%21", "page_token"],
        ["page_token=bm90LW91cnM", "page_token"],
        ["format=xml", "format"],
        ["space=Not%20An%20Alias", "space"],
      ] as const;
      for (const [query, parameter] of cases) {
        const problem = problemOf(await get(`${link}?${query}`), 400, "invalid_request");
        expect(faultyPlaces(problem)).toEqual([parameter]);
      }
      const other = link.replace(result.attachment_id ?? "", "f".repeat(32));
      problemOf(await get(other), 404, "attachment_not_found");
      const message = link.replace(answer.message_id ?? "", "f".repeat(32));
      expect((await get(message)).status).toBe(404);
    },
  );

  verifies("gateway.results", "a token of another result does not fit", async () => {
    const [one, two] = await Promise.all([resultOf(numberedRows(50)), resultOf(numberedRows(50))]);
    const { next_page_token: token = "" } = await pageOf(`${one.link}?page_size=10`);
    const reply = await get(`${two.link}?page_token=${encodeURIComponent(token)}`);
    expect([400, 410]).toContain(reply.status);
  });
});
