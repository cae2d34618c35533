// The question we ask back for each doubt. Words of the user come back shortened and without control characters.

import type { Doubt } from "../reading/draft.ts";
import { ALL_TABLES } from "../tables/all-tables.ts";
import type { Column, Table } from "../tables/table.ts";

export interface AskBack {
  readonly question: string;
  readonly suggestedQuestions: string[];
}

export function askBack(doubt: Doubt): AskBack {
  switch (doubt.kind) {
    case "unknown":
      return back(
        `I do not know what ${quoteAll(doubt.words)} means for this data. I can answer about ${dataNames()}. Can you say it in other words?`,
        ALL_TABLES,
      );
    case "elsewhere":
      return back(
        `${quote(doubt.text)} belongs to ${names(doubt.tables)}, not to ${doubt.table.row[1]}. What would you like to know about ${doubt.table.row[1]}: ${labels(doubt.table.columns)}?`,
        [doubt.table],
      );
    case "which_table":
      return back(`Do you mean ${names(doubt.tables, "or")}?`, doubt.tables);
    case "conflict":
      return back(
        `One question can use one kind of data, and here ${doubt.parts.map((part) => `${quote(part.text)} is in ${names(part.tables, "or")}`).join(", ")}. Which one do you mean?`,
        doubt.parts.flatMap((part) => part.tables),
      );
    case "which_column":
      return {
        question: `Which ${quote(doubt.text)} do you mean: ${labels(doubt.columns, "or")}?`,
        suggestedQuestions: doubt.columns.map((column) => `The ${column.label}`).slice(0, 3),
      };
    case "which_aggregate":
      return {
        question: `What would you like to know about ${doubt.column.label}: the average, the total, the highest, or by something?`,
        suggestedQuestions: ["The average", "The maximum", "The median"],
      };
    case "aggregate_of_what":
      return back(
        `Of what? ${capital(doubt.table.row[1])} have ${labels(measures(doubt.table))}.`,
        [doubt.table],
      );
    case "rank_by_what":
      return back(
        `Ranked by what, or grouped by what? ${capital(doubt.table.row[1])} have ${labels(doubt.table.columns)}.`,
        [doubt.table],
      );
    case "number":
      return back(
        `I cannot tell what ${quote(doubt.text)} refers to. Can you name the column it belongs to?`,
        [],
      );
    case "no_date":
      return back(
        `The data about ${doubt.table.row[1]} has no dates. What else would you like to know?`,
        [doubt.table],
      );
    case "nothing":
      return back(`What would you like to know? I can answer about ${dataNames()}.`, ALL_TABLES);
    case "too_long":
      return back("That is too long for me. Can you ask it in one or two sentences?", ALL_TABLES);
  }
}

function back(question: string, tables: readonly Table[]): AskBack {
  const examples = [...new Set(tables)].map((table) => table.examples[0] ?? "");
  const more = tables.length === 1 ? (tables[0]?.examples ?? []) : examples;
  return { question, suggestedQuestions: more.slice(0, 3) };
}

function dataNames(): string {
  return names(ALL_TABLES);
}

function names(tables: readonly Table[], last = "and"): string {
  return enumerate(
    [...new Set(tables)].map((table) => table.name.replaceAll("_", " ")),
    last,
  );
}

function labels(columns: readonly Column[], last = "and"): string {
  return enumerate(
    columns.map((column) => column.label),
    last,
  );
}

function measures(table: Table): Column[] {
  return table.columns.filter(({ role }) => role === "measure" || role === "both");
}

function quoteAll(words: readonly string[]): string {
  return enumerate([...new Set(words)].slice(0, 3).map(quote), "or");
}

function quote(text: string): string {
  return `“${text.replaceAll(/[\p{C}“”"<>|*_`[\]]/gu, "").slice(0, 40)}”`;
}

/** "a, b and c" */
export function enumerate(parts: readonly string[], last = "and"): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
