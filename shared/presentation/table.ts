// Rows of text → rows with typed, named cells (design §3.3). No two columns share a name, and no name is special.

import type { CellValue } from "../contracts/answer.ts";
import type { ResultColumn, ResultRow } from "../operations/result-rows.ts";
import { toCell } from "./typed-cells.ts";

export interface Table {
  readonly columns: { name: string; type: string }[];
  readonly rows: Record<string, CellValue>[];
}

/** A repeated name gets `_2`, `_3` …, an empty one becomes `column_N`; names that are unique stay as they are. */
export function uniqueNames(names: readonly string[]): string[] {
  const reserved = new Set(names);
  const given = new Set<string>();
  return names.map((name, index) => {
    const wanted = name === "" ? `column_${index + 1}` : name;
    const isFirst = !given.has(wanted) && (name !== "" || !reserved.has(wanted));
    const unique = isFirst
      ? wanted
      : nextFree(wanted, (other) => given.has(other) || reserved.has(other));
    given.add(unique);
    return unique;
  });
}

function nextFree(name: string, taken: (name: string) => boolean): string {
  let number = 2;
  while (taken(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}

export interface RowTyping {
  readonly columns: Table["columns"];
  /** A row that is shorter than the columns has null in the missing cells. */
  readonly toRow: (row: ResultRow) => Record<string, CellValue>;
}

/** The names and the typing of one result; made once, used for every row. */
export function createRowTyping(columns: readonly ResultColumn[]): RowTyping {
  const names = uniqueNames(columns.map((column) => column.name));
  const named = columns.map(({ type }, index) => ({ name: names[index] ?? "", type }));
  return {
    columns: named,
    // Object.fromEntries defines own properties, so that a column called `__proto__` is just a column.
    toRow: (row) =>
      Object.fromEntries(
        named.map(({ name, type }, index) => [name, toCell(row[index] ?? null, type)]),
      ),
  };
}

/** Columns and typed rows. */
export function toTable(columns: readonly ResultColumn[], rows: readonly ResultRow[]): Table {
  const { columns: named, toRow } = createRowTyping(columns);
  return { columns: named, rows: rows.map(toRow) };
}
