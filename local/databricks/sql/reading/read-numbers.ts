// Numbers in a question: limits, years, "8 cylinders", "over 60 minutes", "between 1990 and 2000".

import type { Column } from "../tables/table.ts";
import type { Comparison, Filter } from "../translate/query.ts";
import { addFilter } from "./draft.ts";
import { dateColumn, isLimit, isYear, peek, type Reader, takeNumber } from "./reader.ts";

/** A number that nothing before it asked for. */
export function readNumber(reader: Reader, text: string): void {
  const number = takeNumber(reader) ?? Number.NaN;
  const unit = takeUnit(reader);
  if (unit !== null) add(reader, { kind: "compare", part: null, column: unit, op: "=", number });
  else if (isYear(number) && reader.draft.table.date !== null) addYear(reader, "=", number);
  else if (isLimit(number) && countsRows(reader)) reader.draft.limit = number;
  else reader.draft.doubts.push({ kind: "number", text });
}

/** "1990s" */
export function readDecade(reader: Reader, from: number): void {
  const column = dateColumn(reader);
  if (column !== null) add(reader, { kind: "between", part: "year", column, from, to: from + 9 });
}

/** "over 60 minutes", "after 1990"; in "origin = Japan" the value comes next. */
export function readComparison(reader: Reader, op: Comparison, dates: boolean): void {
  const number = takeNumber(reader);
  if (number !== null) compareWith(reader, { op, number, dates });
  else if (op === "<>") reader.negate = true;
  else if (op !== "=") reader.draft.doubts.push({ kind: "number", text: op });
}

interface Bound {
  readonly op: Comparison;
  readonly number: number;
  /** "after", "since": speaks of time. */
  readonly dates: boolean;
}

function compareWith(reader: Reader, { op, number, dates }: Bound): void {
  const year = isYear(number) && reader.draft.table.date !== null;
  const column = takeUnit(reader) ?? (dates && year ? null : reader.lastMeasure);
  if (column !== null) {
    forgetMention(reader, column);
    add(reader, { kind: "compare", part: null, column, op, number });
  } else if (year) addYear(reader, op, number);
  else reader.draft.doubts.push({ kind: "number", text: String(number) });
}

export function readBetween(reader: Reader): void {
  const justNamed = reader.marks[reader.at - 2]?.kind === "term" && reader.lastAggregate === null;
  const from = takeNumber(reader);
  const and = peek(reader);
  if (and?.kind === "grammar" && and.word.does === "and") reader.at++;
  const to = takeNumber(reader);
  if (from === null || to === null) reader.draft.doubts.push({ kind: "number", text: "between" });
  else boundBy(reader, { from, to, justNamed });
}

/** "gross between 1990 and 2000" means years, "weight between 1900 and 2000" means pounds: the aggregate tells. */
function boundBy(reader: Reader, bounds: { from: number; to: number; justNamed: boolean }): void {
  const { from, to } = bounds;
  const years = isYear(from) && isYear(to) && reader.draft.table.date !== null;
  const column = takeUnit(reader) ?? (years && !bounds.justNamed ? null : reader.lastMeasure);
  const date = years && column === null ? dateColumn(reader) : null;
  if (column !== null) {
    forgetMention(reader, column);
    add(reader, { kind: "between", part: null, column, from, to });
  } else if (date !== null) add(reader, { kind: "between", part: "year", column: date, from, to });
  else reader.draft.doubts.push({ kind: "number", text: `between ${from} and ${to}` });
}

function add(reader: Reader, filter: Filter): void {
  const negated = reader.negate && filter.kind === "compare" && filter.op === "=";
  reader.negate = false;
  reader.draft.filters = addFilter(
    reader.draft.filters,
    negated ? { ...filter, op: "<>" } : filter,
  );
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
function forgetMention({ draft }: Reader, column: Column): void {
  draft.mentioned = draft.mentioned.filter((mentioned) => mentioned !== column);
}

/** "5 longest flights", "20 movies": what follows is rows. */
function countsRows(reader: Reader): boolean {
  const next = peek(reader);
  if (next?.kind === "grammar") return next.word.does === "rank";
  return (
    next?.kind === "term" && next.meanings.some((m) => m.is === "superlative" || m.is === "table")
  );
}
