// Numbers in a question: limits, years, "8 cylinders", "over 60 minutes", "between 1990 and 2000".

import type { Column } from "../tables/table.ts";
import type { Comparison, Filter } from "../translate/query.ts";
import { addFilter } from "./draft.ts";
import { dateColumn, isLimit, isYear, peek, type Reader, takeNumber } from "./reader.ts";

/** A number that nothing before it asked for. */
export function readNumber(reader: Reader, text: string): void {
  const number = takeNumber(reader);
  if (number === null) return doubt(reader, text);
  const unit = takeUnit(reader);
  if (unit !== null) return add(reader, { kind: "compare", part: null, column: unit, op: "=", number });
  if (isYear(number) && reader.draft.table.date !== null) return addYear(reader, "=", number);
  if (isLimit(number) && countsRows(reader)) {
    reader.draft.limit = number;
    return;
  }
  doubt(reader, text);
}

/** "1990s" */
export function readDecade(reader: Reader, from: number): void {
  const column = dateColumn(reader);
  if (column !== null) add(reader, { kind: "between", part: "year", column, from, to: from + 9 });
}

/** "over 60 minutes", "after 1990", "= 8". */
export function readComparison(reader: Reader, op: Comparison, dates: boolean): void {
  const number = takeNumber(reader);
  if (number === null) return compareWithWord(reader, op);
  const unit = takeUnit(reader);
  const year = isYear(number) && reader.draft.table.date !== null;
  const column = unit ?? (dates && year ? null : reader.lastMeasure);
  if (column !== null) return add(reader, { kind: "compare", part: null, column: used(reader, column), op, number });
  if (year) return addYear(reader, op, number);
  doubt(reader, String(number));
}

export function readBetween(reader: Reader): void {
  const justNamed = reader.marks[reader.at - 2];
  const from = takeNumber(reader);
  const and = peek(reader);
  if (and?.kind === "grammar" && and.word.does === "and") reader.at++;
  const to = takeNumber(reader);
  if (from === null || to === null) return doubt(reader, "between");
  const years = isYear(from) && isYear(to) && reader.draft.table.date !== null;
  const unit = takeUnit(reader);
  // "gross between 1990 and 2000" means years, "weight between 1900 and 2000" means pounds: the aggregate tells.
  const named = justNamed?.kind === "term" && reader.lastAggregate === null;
  const column = unit ?? (years && !named ? null : reader.lastMeasure);
  if (column !== null) return add(reader, { kind: "between", part: null, column: used(reader, column), from, to });
  const date = years ? dateColumn(reader) : null;
  if (date !== null) return add(reader, { kind: "between", part: "year", column: date, from, to });
  doubt(reader, `between ${from} and ${to}`);
}

/** "origin = Japan", "origin != Japan": the value comes next. */
function compareWithWord(reader: Reader, op: Comparison): void {
  if (op === "<>") reader.negate = true;
  else if (op !== "=") doubt(reader, op);
}

function add(reader: Reader, filter: Filter): void {
  const negated = reader.negate && filter.kind === "compare" && filter.op === "=";
  reader.negate = false;
  reader.draft.filters = addFilter(reader.draft.filters, negated ? { ...filter, op: "<>" } : filter);
}

function addYear(reader: Reader, op: Comparison, number: number): void {
  const column = dateColumn(reader);
  if (column !== null) add(reader, { kind: "compare", part: "year", column, op, number });
}

/** A measure right behind a number is its unit: "200 horsepower", "60 minutes". */
function takeUnit(reader: Reader): Column | null {
  const next = peek(reader);
  if (next?.kind !== "term") return null;
  const meanings = next.meanings.filter((meaning) => meaning.table === reader.draft.table);
  const columns = meanings.flatMap((meaning) => (meaning.is === "column" ? [meaning.column] : []));
  const [column] = columns.filter(({ role }) => role === "measure" || role === "both");
  if (column === undefined || columns.length > 1) return null;
  reader.at++;
  return column;
}

/** A column that was only named to be compared is not asked for. */
function used(reader: Reader, column: Column): Column {
  reader.draft.mentioned = reader.draft.mentioned.filter((mentioned) => mentioned !== column);
  return column;
}

/** "5 longest flights", "20 movies": what follows is rows. */
function countsRows(reader: Reader): boolean {
  const next = peek(reader);
  if (next?.kind === "grammar") return next.word.does === "rank";
  return (
    next?.kind === "term" && next.meanings.some((m) => m.is === "superlative" || m.is === "table")
  );
}

function doubt(reader: Reader, text: string): void {
  reader.draft.doubts.push({ kind: "number", text });
}
