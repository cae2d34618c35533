// What one question said, before it is known whether that is enough for a query. A follow-up question is a
// draft too; merge-drafts.ts lays it over the one before.

import type { Column, Table } from "../tables/table.ts";
import type { Aggregate, Direction, Filter, Grouping, Measure } from "../translate/query.ts";

/** A reason to ask back instead of answering. */
export type Doubt =
  | { readonly kind: "unknown"; readonly words: readonly string[] }
  | {
      readonly kind: "elsewhere";
      readonly text: string;
      readonly table: Table;
      readonly tables: readonly Table[];
    }
  | { readonly kind: "which_table"; readonly tables: readonly Table[] }
  | {
      readonly kind: "conflict";
      readonly parts: readonly { text: string; tables: readonly Table[] }[];
    }
  | { readonly kind: "which_column"; readonly text: string; readonly columns: readonly Column[] }
  | { readonly kind: "which_aggregate"; readonly column: Column }
  | { readonly kind: "aggregate_of_what" | "rank_by_what"; readonly table: Table }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "no_date"; readonly table: Table }
  | { readonly kind: "nothing" | "too_long" };

export interface Draft {
  readonly table: Table;
  measures: Measure[];
  /** Aggregates that found no column: "what about the maximum?" */
  looseAggregates: Aggregate[];
  /** Columns that were named without a role, in order. */
  mentioned: Column[];
  groupings: Grouping[];
  filters: Filter[];
  ranking: { readonly direction: Direction; readonly limit: number | null } | null;
  orderBy: Column | null;
  sorted: Direction | null;
  limit: number | null;
  counts: boolean;
  lists: boolean;
  all: boolean;
  namesTable: boolean;
  /** Whether the first thing asked for stands in the plural; decides between one row and ten. */
  plural: boolean | null;
  /** Opens like a follow-up: "only …", "what about …". */
  follows: boolean;
  /** "also by …": adds to the groupings instead of replacing them. */
  adds: boolean;
  clearsFilters: boolean;
  notes: string[];
  doubts: Doubt[];
}

export function emptyDraft(table: Table): Draft {
  return {
    table,
    measures: [],
    looseAggregates: [],
    mentioned: [],
    groupings: [],
    filters: [],
    ranking: null,
    orderBy: null,
    sorted: null,
    limit: null,
    counts: false,
    lists: false,
    all: false,
    namesTable: false,
    plural: null,
    follows: false,
    adds: false,
    clearsFilters: false,
    notes: [],
    doubts: [],
  };
}

/** Adds a filter; one on the same column and part replaces the older, alike value filters join up. */
export function addFilter(filters: readonly Filter[], added: Filter): Filter[] {
  const same = filters.find((filter) => concernsSame(filter, added));
  const others = filters.filter((filter) => filter !== same);
  if (same?.kind !== "values" || added.kind !== "values" || same.not !== added.not) {
    return [...others, added];
  }
  return [...others, { ...added, values: [...new Set([...same.values, ...added.values])] }];
}

/** Whether two filters speak of the same column (and part of a date). */
function concernsSame(a: Filter, b: Filter): boolean {
  const part = (filter: Filter) => (filter.kind === "values" ? null : filter.part);
  const bothBound = a.kind === "compare" && b.kind === "compare" && opposite(a.op, b.op);
  return a.column === b.column && part(a) === part(b) && !bothBound;
}

/** "over 5" and "under 9" bound a column from both sides and stand side by side. */
function opposite(a: string, b: string): boolean {
  return (
    (a.startsWith(">") && b.startsWith("<") && b !== "<>") ||
    (b.startsWith(">") && a.startsWith("<") && a !== "<>")
  );
}
