// Answers as the tests of the formats need them: not finished, failed, and any that the contract allows, however hostile.

import fc from "fast-check";
import type { Answer, AnswerResult } from "../../../../shared/contracts/answer.ts";
import { anAnswer, aResult, BASE_URL } from "../an-answer.ts";

/** One column of text. */
export function aColumnOf(cells: readonly unknown[], name = "cell"): AnswerResult {
  return aResult({
    columns: [{ name, type: "STRING" }],
    rows: cells.map((cell) => ({ [name]: cell })),
    row_count: cells.length,
  });
}

export const running = anAnswer({
  status: "running",
  answer: null,
  suggested_questions: [],
  results: [],
  links: {
    self: `${BASE_URL}/genie/operations/o`,
    result: `${BASE_URL}/genie/operations/o/result?format=text&async=never`,
    events: `${BASE_URL}/genie/operations/o/events`,
  },
});

export const failed = anAnswer({
  status: "failed",
  answer: null,
  suggested_questions: [],
  results: [],
  error: {
    type: `${BASE_URL}/docs/errors#genie_space_forbidden`,
    title: "No access to the Genie space",
    status: 403,
    detail: "You may not use this space.",
    instance: "/genie/query-obo",
    code: "genie_space_forbidden",
    request_id: "r1",
    remedy: "Ask a workspace admin for CAN RUN on the space.",
  },
});

const FRAGMENTS = [
  ["[x](javascript:alert(1))", "![i](https://evil.example/t.png)", "<script>alert(1)</script>"],
  ["<https://evil.example>", "https://evil.example/a_b|c", "www.evil.example", "me@evil.example"],
  ["|", "||", "\\", "\\|", "`", "```", "~~x~~", "**b**", "_i_", "# h", "- l", "1. n", "> q", "---"],
  ["\n", "\r\n", "\t", "\u0000", "\u001b[31m", "\u2028", "\ud800", "😀", "漢字", "&lt;", "$x$"],
  ["{{DATE(2026-01-01T00:00:00Z)}}", "[a]: javascript:x", "<img src=x onerror=y>", " ", "1e999"],
].flat();

/** Texts that try to be something else. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: "binary", maxLength: 8 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(""));

const hugeText = fc
  .tuple(hostileText, fc.integer({ min: 1, max: 9_000 }))
  .map(([text, times]) => text.repeat(times).slice(0, 30_000));
const anyText = fc.oneof({ weight: 9, arbitrary: hostileText }, { weight: 1, arbitrary: hugeText });
const nullable = fc.option(anyText);
const cell = fc.oneof(
  anyText,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue(),
);
const typeName = fc.constantFrom("STRING", "INT", "DOUBLE", "DECIMAL", "DATE", "STRUCT", "BOOLEAN");

const hostileResult: fc.Arbitrary<AnswerResult> = fc
  .record({
    names: fc.uniqueArray(anyText, { maxLength: 15 }),
    types: fc.array(typeName, { minLength: 30, maxLength: 30 }),
    cells: fc.array(cell, { minLength: 1, maxLength: 20 }),
    rowCount: fc.integer({ min: 0, max: 120 }),
    total: fc.option(fc.nat(9_000)),
    title: nullable,
    sql: nullable,
    truncated: fc.boolean(),
    expired: fc.boolean(),
  })
  .map(({ names, types, cells, rowCount, total, ...rest }) => {
    const columns = names.map((name, i) => ({ name, type: types[i] ?? "STRING" }));
    const row = (r: number) =>
      Object.fromEntries(names.map((name, c) => [name, cells[(r + c) % cells.length]]));
    const rows = Array.from({ length: rowCount }, (_, r) => row(r));
    return aResult({ ...rest, columns, rows, row_count: total });
  });

/** Any Answer, with texts that are long, wild or both. */
export const hostileAnswer: fc.Arbitrary<Answer> = fc
  .record({
    status: fc.constantFrom("completed" as const, "running" as const, "failed" as const),
    conversation_id: fc.constantFrom(null, "c".repeat(32)),
    answer: nullable,
    follow_up_question: nullable,
    suggested_questions: fc.array(anyText, { maxLength: 40 }),
    results: fc.array(hostileResult, { maxLength: 4 }),
    detail: anyText,
  })
  .map(({ detail, ...rest }) =>
    anAnswer({
      ...rest,
      ...(rest.status === "running" && running.links ? { links: running.links } : {}),
      ...(rest.status === "failed" && failed.error
        ? { error: { ...failed.error, detail, remedy: detail } }
        : {}),
    }),
  );

/** As much of everything as one can think of. */
export function enormousAnswer(): Answer {
  const columns = Array.from({ length: 500 }, (_, i) => ({
    name: `"column" ${i}\\`,
    type: "STRING",
  }));
  const row = Object.fromEntries(columns.map(({ name }) => [name, '"\\漢'.repeat(10)]));
  const [first] = columns;
  const rows = [{ ...row, [first?.name ?? ""]: "x".repeat(1_000_000) }, row, row];
  const long = '漢"\\\n'.repeat(6_000);
  return anAnswer({
    conversation_id: long,
    answer: long,
    follow_up_question: long,
    suggested_questions: Array.from({ length: 1_000 }, (_, i) => `"${"漢".repeat(280)}" ${i}?`),
    results: Array.from({ length: 100 }, () => aResult({ title: long, sql: long, columns, rows })),
    status: "failed",
    ...(failed.error
      ? { error: { ...failed.error, detail: long, remedy: long, title: long } }
      : {}),
  });
}
