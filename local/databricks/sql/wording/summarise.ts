// One or two sentences of markdown from the rows that were really read.

import type { TableData, TranslatedQuestion } from "../../dataset.ts";
import { NOTE } from "./describe.ts";

/** The sentences; with what a person should know about how the question was taken. */
export function summarise(
  question: Extract<TranslatedQuestion, { kind: "sql" }>,
  data: TableData,
): string {
  const notes = question.description
    .split(NOTE)
    .slice(1)
    .map((note) => note.trim());
  return [sentence(question.sql, data), ...notes].join("\n\n");
}

function sentence(sql: string, data: TableData): string {
  const [first] = data.rows;
  if (first === undefined) return "No rows match this question.";
  if (data.rows.length === 1) return `${oneRow(data, first)}.`;
  return `${countOf(sql, data)}. ${extremes(data, first)}.`;
}

/** "The first 100 rows" when the query's own limit cut them off. */
function countOf(sql: string, data: TableData): string {
  const count = data.rows.length;
  if (data.truncated) return `More than ${count} rows`;
  return sql.endsWith(`\nLIMIT ${count}`) ? `The first ${count} rows` : `${count} rows`;
}

/** "The average delay is **7.7**" or "**ORD**: number of flights **1,019**". */
function oneRow(data: TableData, row: Row): string {
  const [column, ...others] = data.columns;
  if (column === undefined) return "One row";
  if (others.length === 0) return `The ${labelOf(column.name)} is **${show(row[0], column.type)}**`;
  const facts = others.map(({ name, type }, i) => `${labelOf(name)} **${show(row[i + 1], type)}**`);
  return `**${nameOf(data, row)}**: ${facts.join(", ")}`;
}

/** The highest and the lowest of the first measure, with what stands before it as the name. */
function extremes(data: TableData, first: Row): string {
  const at = measureAt(data);
  const column = data.columns[at];
  const ranked = data.rows
    .filter((row) => typeof row[at] === "string")
    .toSorted((a, b) => Number(b[at]) - Number(a[at]));
  const [highest] = ranked;
  const lowest = ranked.at(-1);
  if (column === undefined || highest?.[at] === lowest?.[at]) {
    return `The first is **${nameOf(data, first)}**`;
  }
  const shown = (row: Row = []) => `**${nameOf(data, row, at)}** (${show(row[at], column.type)})`;
  return `Highest ${labelOf(column.name)}: ${shown(highest)}; lowest: ${shown(lowest)}`;
}

/** An aggregate by its name, else the first number that is not the first column; −1 when there is none. */
function measureAt({ columns }: TableData): number {
  const numbers = columns.map(({ type }, i) => i > 0 && (type === "LONG" || type === "DOUBLE"));
  const aggregate = columns.findIndex(
    ({ name }, i) =>
      numbers[i] === true && /^(?:average|total|minimum|maximum|median|number_of)_/.test(name),
  );
  return aggregate >= 0 ? aggregate : numbers.indexOf(true);
}

type Row = readonly (string | null)[];

/** The leading cells as a name; a year keeps its digits together. */
function nameOf(data: TableData, row: Row, length = 1): string {
  return row
    .slice(0, Math.min(length, 3))
    .map((cell, i) =>
      show(cell, data.columns[i]?.type === "LONG" ? "STRING" : data.columns[i]?.type),
    )
    .join(", ");
}

function labelOf(columnName: string): string {
  return columnName.replaceAll("_", " ");
}

function show(cell: string | null | undefined, type: string | undefined): string {
  if (cell === null || cell === undefined) return "unknown";
  if (type === "TIMESTAMP") return cell.slice(0, 16).replace("T", " ");
  if (type !== "LONG" && type !== "DOUBLE") return cell.replaceAll(/[*_`[\]]/g, "\\$&");
  return Number(cell).toLocaleString("en-US", { maximumFractionDigits: 2 });
}
