// The outcome as text for a person, or as the JSON the gateway sent. Writes nowhere; no control character of an
// answer gets through.

import Table from "cli-table3";
import type { Answer, AnswerResult } from "../../shared/contracts/answer.ts";
import type { Problem } from "../../shared/contracts/problem.ts";
import type { Outcome } from "./outcome.ts";
import { plain, plainJson } from "./plain-text.ts";

export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case "answered":
      return answerText(outcome.answer);
    case "problem":
      return problemText(outcome.problem);
    case "unfinished":
      return `Not finished yet.\n${goOnText(outcome.operation.links)}`;
    case "unreachable":
      return `No gateway answers at ${outcome.baseUrl}. If that is the stand, start it with “npm start” in another terminal.`;
    case "not_understood":
      return `The reply to ${outcome.path} (status ${outcome.status}) is not one of the gateway. Is something else listening there?`;
  }
}

/** The body as it came, or the outcome itself where there is none. */
export function outcomeJson(outcome: Outcome): string {
  return plainJson(bodyOf(outcome));
}

function bodyOf(outcome: Outcome): unknown {
  if (outcome.kind === "answered") return outcome.answer;
  if (outcome.kind === "problem") return outcome.problem;
  return outcome.kind === "unfinished" ? outcome.operation : outcome;
}

/** How to reach an operation that nobody here waits for any longer. */
export function goOnText(links: { readonly self: string; readonly result: string }): string {
  return plain(
    `The question goes on. Its state:  GET ${links.self}\nIts answer: GET ${links.result}`,
  );
}

function answerText(answer: Answer): string {
  const { queued_ms, genie_ms } = answer.timings ?? { queued_ms: 0, genie_ms: null };
  const took =
    genie_ms === null
      ? []
      : [`Genie took ${seconds(genie_ms)}, asked after ${seconds(queued_ms)}.`];
  const parts = [
    answer.answer,
    answer.follow_up_question === null ? null : `Genie asks back: ${answer.follow_up_question}`,
    ...answer.results.map(resultText),
    listText("You could ask next:", answer.suggested_questions),
    [...took, ...goOnLines(answer)].join("\n"),
  ];
  return plain(parts.filter((part) => part !== null && part !== "").join("\n\n"));
}

function goOnLines({ conversation_id: id }: Answer): string[] {
  return id === null ? [] : [`Go on with --follow-up, or later with --conversation ${id}`];
}

function resultText(result: AnswerResult): string {
  const parts = [
    result.title,
    result.rows.length > 0 ? tableText(result) : null,
    rowsText(result),
    result.sql,
  ];
  return parts.filter((part) => part !== null && part !== "").join("\n");
}

function tableText({ columns, rows }: AnswerResult): string {
  // No colours of its own: the text may go into a file.
  const table = new Table({
    head: columns.map(({ name }) => plain(name)),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(columns.map(({ name }) => cellText(row[name])));
  return table.toString();
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "null";
  return plain(typeof cell === "object" ? JSON.stringify(cell) : String(cell)).replaceAll(
    "\n",
    " ",
  );
}

function rowsText({ rows, row_count: count, truncated, expired }: AnswerResult): string | null {
  if (expired) return "The rows have expired at Databricks.";
  if (truncated) return `${rows.length} rows shown; Genie holds only the first ${count ?? "rows"}.`;
  return count === null || count === rows.length ? null : `${rows.length} of ${count} rows shown.`;
}

function problemText({ title, detail, remedy, code, errors = [] }: Problem): string {
  const faults = errors.map(
    (fault) => `${"pointer" in fault ? fault.pointer : fault.parameter}: ${fault.detail}`,
  );
  const parts = [
    title,
    detail,
    ...faults,
    remedy === undefined ? null : `What to do: ${remedy}`,
    `(${code})`,
  ];
  return plain(parts.filter((part) => part !== null).join("\n"));
}

function listText(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => `  - ${line}`)].join("\n");
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
