// Terms of the vocabulary and values of the data, read with what was said right before them.

import type { Column } from "../tables/table.ts";
import type { Meaning } from "../translate/lexicon.ts";
import type { Mark } from "../translate/marks.ts";
import type { Aggregate } from "../translate/query.ts";
import { addFilter } from "./draft.ts";
import { noteSubject, type Reader } from "./reader.ts";

type Term = Extract<Mark, { kind: "term" }>;
type ValueMeaning = Extract<Meaning, { is: "value" }>;

export function readTerm(reader: Reader, term: Term): void {
  const { table } = reader.draft;
  const here = term.meanings.filter((meaning) => meaning.table === table);
  const superlative = here.find((meaning) => meaning.is === "superlative");
  const columns = here.flatMap((m) => (m.is === "column" || m.is === "absent" ? [m.column] : []));
  if (here.length === 0) readElsewhere(reader, term);
  else if (superlative !== undefined) readSuperlative(reader, superlative);
  else if (namesRows(reader, here, columns)) readTableName(reader, term.text);
  else if (columns.length > 0) readColumns(reader, columns, term.text);
  else
    readValue(
      reader,
      here.filter((meaning) => meaning.is === "value"),
    );
  const absent = here.flatMap((meaning) => (meaning.is === "absent" ? [meaning.absent.note] : []));
  reader.draft.notes.push(...absent);
}

function readElsewhere({ draft }: Reader, term: Term): void {
  const tables = [...new Set(term.meanings.map((meaning) => meaning.table))];
  draft.doubts.push({ kind: "elsewhere", text: term.text, table: draft.table, tables });
}

function readSuperlative(
  { draft }: Reader,
  meaning: Extract<Meaning, { is: "superlative" }>,
): void {
  draft.ranking = { direction: meaning.direction, limit: draft.ranking?.limit ?? null };
  draft.orderBy = meaning.column;
}

/** "weather" is a table and a column: after "by" it is the column. */
function namesRows(reader: Reader, here: readonly Meaning[], columns: readonly Column[]): boolean {
  const named = here.some((meaning) => meaning.is === "table");
  return named && (columns.length === 0 || !(reader.by || reader.distinct));
}

function readTableName(reader: Reader, text: string): void {
  noteSubject(reader, text);
  reader.draft.namesTable = true;
  reader.count = false;
}

function readColumns(reader: Reader, columns: readonly Column[], text: string): void {
  const fitting = columns.length === 1 ? columns : fittingColumns(reader, columns);
  const [column] = fitting;
  if (column === undefined || fitting.length > 1) {
    reader.draft.doubts.push({ kind: "which_column", text, columns: fitting });
  } else if (column.role === "date") readDate(reader, column);
  else if (reader.order) reader.draft.orderBy = column;
  else if (column.role === "dimension") readDimension(reader, column, text);
  else readMeasure(reader, column);
}

/** One word, several columns ("rating", "temperature"): what else was said may tell which. */
function fittingColumns(reader: Reader, columns: readonly Column[]): readonly Column[] {
  const named = columns.filter((column) => isNamedExactly(reader, column));
  if (named.length > 0) return named;
  const wanted = reader.aggregates.at(-1) ?? rankedAs(reader);
  const preferred = columns.filter((column) => wanted !== null && column.preferredFor === wanted);
  if (preferred.length > 0) {
    // In "average maximum temperature" the second word chose the column, the first stays the aggregate.
    if (reader.aggregates.length > 1) reader.aggregates.pop();
    return preferred;
  }
  const grouped = reader.by && reader.aggregates.length === 0;
  const byRole = columns.filter((column) => (column.role === "dimension") === grouped);
  return byRole.length > 0 ? byRole : columns;
}

function rankedAs({ draft }: Reader): Aggregate | null {
  if (draft.ranking === null) return null;
  return draft.ranking.direction === "desc" ? "max" : "min";
}

function isNamedExactly({ marks }: Reader, column: Column): boolean {
  return marks.some((mark) => {
    if (mark.kind !== "term") return false;
    const meanings = mark.meanings.filter((m) => m.table.columns.includes(column));
    const [only] = meanings;
    return meanings.length === 1 && only?.is === "column" && only.column === column;
  });
}

function readDate(reader: Reader, column: Column): void {
  const { draft } = reader;
  const [fn] = reader.aggregates;
  if (fn === "min" || fn === "max") {
    draft.measures.push({ kind: "aggregate", fn, column });
    reader.aggregates = [];
  } else if (reader.order) draft.orderBy = column;
  else if (reader.by) {
    const bucket = column.type === "TIMESTAMP" ? "month" : column.name === "year" ? "year" : null;
    draft.groupings.push({ column, bucket });
  }
}

function readDimension(reader: Reader, column: Column, text: string): void {
  const { draft } = reader;
  if (reader.by) {
    draft.groupings.push({ column, bucket: null });
  } else if (draft.counts && (reader.count || reader.distinct)) {
    draft.measures.push({ kind: "distinct", column });
    draft.counts = false;
    reader.count = false;
  } else {
    noteSubject(reader, text);
    draft.mentioned.push(column);
  }
  reader.distinct = false;
}

function readMeasure(reader: Reader, column: Column): void {
  const { draft } = reader;
  const [fn] = reader.aggregates;
  if (fn !== undefined) {
    draft.measures.push({ kind: "aggregate", fn, column });
    reader.aggregates = [];
    reader.lastAggregate = fn;
  } else if (reader.by && column.role === "both") draft.groupings.push({ column, bucket: null });
  else if (reader.by) draft.orderBy = column;
  else if (reader.afterAnd && reader.lastAggregate !== null) {
    draft.measures.push({ kind: "aggregate", fn: reader.lastAggregate, column });
  } else draft.mentioned.push(column);
  reader.lastMeasure = column;
  reader.count = false;
}

function readValue(reader: Reader, meanings: readonly ValueMeaning[]): void {
  const direction = reader.place === "to" ? "destination" : "origin";
  const directed = meanings.filter(({ column }) => column.name.startsWith(direction));
  const [meaning] = directed.length > 0 ? directed : meanings;
  if (meaning === undefined) return;
  const { column, value } = meaning;
  const filter = { kind: "values", column, values: [value], not: reader.negate } as const;
  reader.draft.filters = addFilter(reader.draft.filters, filter);
}
