// The sentences below a table that say what it does not show, so that nobody takes a part for the whole.

import type { AnswerResult } from "../../contracts/answer.ts";
import type { OutlineLimits } from "./outline-limits.ts";

/** @param shown rows that the rendering shows */
export function resultNotes(result: AnswerResult, shown: number, limits: OutlineLimits): string[] {
  const { columns, sql } = result;
  return [
    ...rowNotes(result, shown),
    ...(columns.length > limits.columns
      ? [`${limits.columns} of ${count(columns.length, "column")} shown.`]
      : []),
    ...(hasLongCells(result, shown, limits) ? ["Long cells are cut."] : []),
    ...(sql !== null && limits.sql === 0 ? ["The SQL is left out."] : []),
    ...(sql !== null && limits.sql > 0 && sql.length > limits.sql ? ["The SQL is cut."] : []),
  ];
}

function rowNotes(result: AnswerResult, shown: number): string[] {
  const { expired, truncated, row_count, rows, columns } = result;
  if (expired) return ["The rows have expired."];
  const all = row_count ?? rows.length;
  const some =
    shown < all ? [`${shown.toLocaleString("en-GB")} of ${count(all, "row")} shown.`] : [];
  const none = all === 0 && columns.length > 0 ? ["The result has no rows."] : [];
  const stopped = truncated
    ? ["Truncated: Genie itself stops at 5,000 rows. As a file, `full=true` gets all of them."]
    : [];
  return [...some, ...none, ...stopped];
}

function hasLongCells(
  { rows, columns }: AnswerResult,
  shown: number,
  limits: OutlineLimits,
): boolean {
  if (limits.cell === Number.POSITIVE_INFINITY) return false;
  const visible = columns.slice(0, limits.columns);
  return (
    visible.some(({ name }) => name.length > limits.cell) ||
    rows.slice(0, shown).some((row) => visible.some(({ name }) => isLong(row[name], limits.cell)))
  );
}

function isLong(value: unknown, max: number): boolean {
  if (typeof value === "string") return value.length > max;
  return typeof value === "object" && value !== null && JSON.stringify(value).length > max;
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString("en-GB")} ${thing}${number === 1 ? "" : "s"}`;
}
