// The state while one question is read from left to right, and the small moves on it.

import type { Column } from "../tables/table.ts";
import type { Mark } from "../translate/marks.ts";
import type { Aggregate } from "../translate/query.ts";
import type { Draft } from "./draft.ts";

export interface Reader {
  readonly marks: readonly Mark[];
  at: number;
  readonly draft: Draft;
  /** Said and still waiting for what it applies to. */
  by: boolean;
  order: boolean;
  count: boolean;
  distinct: boolean;
  negate: boolean;
  afterAnd: boolean;
  aggregates: Aggregate[];
  place: "from" | "to" | "in" | null;
  lastAggregate: Aggregate | null;
  lastMeasure: Column | null;
}

export function createReader(marks: readonly Mark[], draft: Draft): Reader {
  return {
    marks,
    at: 0,
    draft,
    by: false,
    order: false,
    count: false,
    distinct: false,
    negate: false,
    afterAnd: false,
    aggregates: [],
    place: null,
    lastAggregate: null,
    lastMeasure: null,
  };
}

/** The next mark without taking it. */
export function peek(reader: Reader): Mark | undefined {
  return reader.marks[reader.at];
}

/** Takes a number, also as a word and with "million" behind it; null when there is none. */
export function takeNumber(reader: Reader): number | null {
  const value = numberOf(peek(reader));
  if (value === null) return null;
  reader.at++;
  const scale = peek(reader);
  if (scale?.kind !== "grammar" || scale.word.does !== "scale") return value;
  reader.at++;
  return value * scale.word.factor;
}

/** A number that can be a year of the data. */
export function isYear(value: number): boolean {
  return Number.isInteger(value) && value >= 1900 && value <= 2100;
}

/** A number of rows that can be asked for. */
export function isLimit(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 5_000;
}

/** The date column of the table, or a doubt when it has none. */
export function dateColumn({ draft }: Reader): Column | null {
  const found = draft.table.columns.find((column) => column.name === draft.table.date);
  if (found === undefined) draft.doubts.push({ kind: "no_date", table: draft.table });
  return found ?? null;
}

/** Notes whether what is asked for stands in the plural; the first one decides. */
export function noteSubject(reader: Reader, text: string): void {
  reader.draft.plural ??= /s$/i.test(text) && !/species$/i.test(text);
}

function numberOf(mark: Mark | undefined): number | null {
  if (mark?.kind === "number") return mark.value;
  return mark?.kind === "grammar" && mark.word.does === "digit" ? mark.word.number : null;
}
