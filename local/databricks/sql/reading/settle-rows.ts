// Draft → a query for single rows: "show movies with …", "top 10 movies by gross", "the longest flight".

import type { Column, Table } from "../tables/table.ts";
import type { RowsQuery } from "../translate/query.ts";
import type { Doubt, Draft } from "./draft.ts";
import { USUAL_ROWS, USUAL_TOP } from "./usual-limits.ts";

export function settleRows(draft: Draft): { query: RowsQuery } | { doubt: Doubt } {
  const doubt = doubtAboutRows(draft);
  if (doubt !== null) return { doubt };
  const column = orderColumn(draft);
  const direction = draft.ranking?.direction ?? draft.sorted ?? "desc";
  const limit = limitOf(draft);
  return {
    query: {
      shape: "rows",
      table: draft.table,
      columns: columnsShown(draft, column),
      filters: draft.filters,
      order: column === null ? null : { column, direction },
      limit,
      notes: draft.notes,
    },
  };
}

function doubtAboutRows(draft: Draft): Doubt | null {
  const column = orderColumn(draft);
  if (draft.ranking !== null && column === null)
    return { kind: "rank_by_what", table: draft.table };
  if (draft.namesTable || draft.lists || draft.orderBy !== null) return null;
  if (column !== null && draft.filters.length === 0) return { kind: "which_aggregate", column };
  const asksForNothing = draft.filters.length === 0 && draft.limit === null && !draft.all;
  return asksForNothing ? { kind: "nothing" } : null;
}

/** What orders the rows; a measure that was only named orders them when a ranking was asked for. */
function orderColumn(draft: Draft): Column | null {
  const measured = draft.measures.flatMap((measure) =>
    measure.kind === "count" ? [] : [measure.column],
  );
  const named = draft.mentioned.filter((column) => column.role !== "dimension");
  return draft.orderBy ?? measured[0] ?? named[0] ?? null;
}

function columnsShown(draft: Draft, order: Column | null): Column[] {
  const filtered = draft.filters.map((filter) => filter.column);
  const shown = [...headline(draft.table), ...draft.mentioned, ...(order === null ? [] : [order])];
  return [...new Set([...shown, ...filtered])];
}

function headline(table: Table): Column[] {
  return table.headline.flatMap((name) => table.columns.filter((column) => column.name === name));
}

function limitOf(draft: Draft): number | null {
  const said = draft.ranking?.limit ?? draft.limit;
  if (said !== null) return said;
  if (draft.ranking !== null) return draft.plural === false ? 1 : USUAL_TOP;
  return draft.all ? null : USUAL_ROWS;
}
