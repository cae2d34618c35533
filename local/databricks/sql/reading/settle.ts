// Draft → query, or the doubt that makes us ask back. All defaults live here, and each that a person might not
// expect leaves a note.

import type { Column } from "../tables/table.ts";
import type {
  Aggregate,
  AggregateQuery,
  Direction,
  Grouping,
  Measure,
  Query,
} from "../translate/query.ts";
import type { Doubt, Draft } from "./draft.ts";
import { settleRows } from "./settle-rows.ts";
import { USUAL_TOP } from "./usual-limits.ts";

export type Settled = { readonly query: Query } | { readonly doubt: Doubt };

export function settle(draft: Draft): Settled {
  const [doubt] = draft.doubts;
  if (doubt !== undefined) return { doubt };
  const groupings = groupingsOf(draft);
  if (wantsRows(draft, groupings)) return settleRows(draft);
  const measured = measuresOf(draft, groupings);
  if ("doubt" in measured) return measured;
  const [first, ...more] = measured.measures;
  if (first === undefined) return settleRows(draft);
  if (groupings.length === 0 && draft.ranking !== null && !measured.ranked) {
    return { doubt: { kind: "rank_by_what", table: draft.table } };
  }
  return { query: aggregateQuery(draft, { ...measured, groupings, measures: [first, ...more] }) };
}

/** Rows in an order, like "top 10 movies by gross", are no groups even when a measure is averaged over one row. */
function wantsRows(draft: Draft, groupings: readonly Grouping[]): boolean {
  return (
    draft.namesTable &&
    groupings.length === 0 &&
    draft.ranking !== null &&
    !draft.counts &&
    (draft.orderBy !== null || draft.measures.length > 0 || measuresNamed(draft).length > 0)
  );
}

function groupingsOf(draft: Draft): Grouping[] {
  const named = draft.mentioned.filter((column) => column.role === "dimension");
  const measured = draft.measures.length > 0 || draft.counts;
  // "movies with the highest budget and their director" lists rows; "which director has the most movies" groups.
  const ordersRows =
    draft.namesTable && !measured && (draft.orderBy ?? measuresNamed(draft)[0]) !== undefined;
  const groupsNamed =
    draft.ranking !== null ? !ordersRows : measured || !(draft.namesTable || draft.lists);
  const grouped = groupsNamed && !(draft.lists && draft.namesTable) ? named : [];
  return [...draft.groupings, ...grouped.map((column) => ({ column, bucket: null }))];
}

/** Columns there can be an aggregate of; the one to order by counts as named ("average sorted by distance"). */
function measuresNamed(draft: Draft): Column[] {
  const named = [...draft.mentioned, ...(draft.orderBy === null ? [] : [draft.orderBy])];
  return named.filter((column) => column.role !== "dimension");
}

/** Spark refuses the average, sum or median of text and dates; their first and last are well defined. */
function isDefined(fn: Aggregate, column: Column): boolean {
  return fn === "min" || fn === "max" || column.type === "LONG" || column.type === "DOUBLE";
}

interface Measured {
  readonly measures: readonly Measure[];
  /** The ranking became the aggregate ("highest delay" → maximum), so it orders nothing more. */
  readonly ranked: boolean;
  readonly notes: readonly string[];
}

function measuresOf(draft: Draft, groupings: readonly Grouping[]): Measured | { doubt: Doubt } {
  const plain = (measures: readonly Measure[], notes: string[] = []) => ({
    measures,
    ranked: false,
    notes,
  });
  const [fn] = draft.looseAggregates;
  const [column] = measuresNamed(draft).filter((named) => fn === undefined || isDefined(fn, named));
  if (draft.measures.length > 0) return plain(withCount(draft));
  if (draft.counts) return plain([{ kind: "count" }]);
  if (fn !== undefined && column !== undefined) return plain([{ kind: "aggregate", fn, column }]);
  if (fn !== undefined) return { doubt: { kind: "aggregate_of_what", table: draft.table } };
  if (column !== undefined && column.role !== "date") return aggregateOf(draft, column, groupings);
  return plain(groupings.length > 0 ? [{ kind: "count" }] : []);
}

function withCount(draft: Draft): Measure[] {
  return draft.counts ? [...draft.measures, { kind: "count" }] : draft.measures;
}

/** The aggregate of a column for which none was said. */
function aggregateOf(draft: Draft, column: Column, groupings: readonly Grouping[]): Measured {
  const explicit = draft.ranking !== null && draft.ranking.limit === null && draft.orderBy === null;
  if (
    explicit &&
    draft.ranking !== null &&
    (groupings.length === 0 || draft.groupings.length > 0)
  ) {
    const fn = draft.ranking.direction === "desc" ? "max" : "min";
    return { measures: [{ kind: "aggregate", fn, column }], ranked: true, notes: [] };
  }
  if (groupings.length === 0) return { measures: [], ranked: false, notes: [] };
  const fn: Aggregate = column.additive ? "sum" : "avg";
  const word = fn === "sum" ? "total" : "average";
  const notes = [`No aggregate was named, so this is the ${word} ${column.label}.`];
  return { measures: [{ kind: "aggregate", fn, column }], ranked: false, notes };
}

interface Parts extends Measured {
  readonly groupings: readonly Grouping[];
  readonly measures: readonly [Measure, ...Measure[]];
}

function aggregateQuery(draft: Draft, parts: Parts): AggregateQuery {
  const ranking = parts.ranked ? null : draft.ranking;
  const notes = [...new Set([...draft.notes, ...parts.notes])];
  const base = { shape: "aggregate", table: draft.table, filters: draft.filters, notes } as const;
  const { measures, groupings } = parts;
  if (groupings.length === 0) return { ...base, measures, groupings, direction: null, limit: null };
  const direction = ranking?.direction ?? draft.sorted ?? usualDirection(groupings);
  return { ...base, measures, groupings, direction, limit: limitOf(draft, ranking !== null) };
}

/** Along time in its own order, else the largest first. */
function usualDirection(groupings: readonly Grouping[]): Direction | null {
  const alongTime = groupings.some(
    ({ column, bucket }) => bucket !== null || column.role !== "dimension",
  );
  return alongTime ? null : "desc";
}

function limitOf(draft: Draft, ranked: boolean): number | null {
  const said = draft.ranking?.limit ?? draft.limit;
  if (said !== null || !ranked) return said;
  if (draft.plural === null) return null;
  return draft.plural ? USUAL_TOP : 1;
}
