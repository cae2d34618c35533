// A follow-up laid over the question before it: what it says replaces, what it leaves out stays.

import type { Grouping, Measure } from "../translate/query.ts";
import { addFilter, type Draft } from "./draft.ts";

/** Whether a draft needs the one before it: it opens like a follow-up or has no subject of its own. */
export function leansOnPrevious(draft: Draft): boolean {
  if (draft.follows) return true;
  const subject = draft.namesTable || draft.measures.length > 0;
  return !subject && !(draft.orderBy !== null && draft.ranking !== null);
}

export function mergeDrafts(previous: Draft, next: Draft): Draft {
  const measures = mergeMeasures(previous, next);
  return {
    ...previous,
    measures,
    groupings: mergeGroupings(previous, next),
    counts: next.counts || (previous.counts && measures.length === 0 && !measuresNamed(next)),
    looseAggregates:
      measures.length > 0 ? [] : [...next.looseAggregates, ...previous.looseAggregates].slice(0, 1),
    mentioned: mergeMentioned(previous, next),
    filters: mergeFilters(previous, next),
    ranking: mergeRanking(previous, next),
    notes:
      next.groupings.length > 0 && !next.adds ? next.notes : [...previous.notes, ...next.notes],
    ...mergeChoices(previous, next),
    doubts: next.doubts,
  };
}

function mergeChoices(previous: Draft, next: Draft) {
  return {
    orderBy: next.orderBy ?? previous.orderBy,
    sorted: next.sorted ?? previous.sorted,
    limit: next.limit ?? previous.limit,
    plural: next.plural ?? previous.plural,
    lists: next.lists || previous.lists,
    all: next.all || previous.all,
    namesTable: next.namesTable || previous.namesTable,
  };
}

function mergeFilters(previous: Draft, next: Draft): Draft["filters"] {
  return next.filters.reduce(addFilterAnew(next), next.clearsFilters ? [] : previous.filters);
}

/** "what about New York?" after Seattle means New York alone, not both. */
function addFilterAnew(next: Draft) {
  return (filters: Draft["filters"], added: Draft["filters"][number]) => {
    const replaced = filters.filter(
      (filter) => next.filters.includes(filter) || filter.column !== added.column,
    );
    return addFilter(next.adds ? filters : replaced, added);
  };
}

function mergeMeasures(previous: Draft, next: Draft): Measure[] {
  if (next.measures.length > 0)
    return next.adds ? [...previous.measures, ...next.measures] : next.measures;
  if (next.counts) return [];
  const [fn] = next.looseAggregates;
  const [column] = next.mentioned.filter(({ role }) => role !== "dimension");
  const earlier = previous.measures.flatMap((measure) =>
    measure.kind === "aggregate" ? [measure] : [],
  );
  if (fn !== undefined) return earlier.map((measure) => ({ ...measure, fn }));
  if (column === undefined) return previous.measures;
  return earlier.slice(0, 1).map((measure) => ({ ...measure, column }));
}

function mergeGroupings(previous: Draft, next: Draft): Grouping[] {
  const named = next.mentioned.filter(({ role }) => role === "dimension");
  const said = [...next.groupings, ...named.map((column) => ({ column, bucket: null }))];
  if (said.length === 0) return previous.groupings;
  return next.adds ? [...previous.groupings, ...said] : said;
}

function mergeMentioned(previous: Draft, next: Draft): Draft["mentioned"] {
  const measures = next.mentioned.filter(({ role }) => role !== "dimension");
  const regrouped = next.groupings.length > 0 || next.mentioned.length > measures.length;
  const kept =
    regrouped && !next.adds
      ? previous.mentioned.filter(({ role }) => role !== "dimension")
      : previous.mentioned;
  return measures.length > 0
    ? [...measures, ...kept.filter(({ role }) => role === "dimension")]
    : kept;
}

/** A bare number ("only 3") limits what was ranked. */
function mergeRanking(previous: Draft, next: Draft): Draft["ranking"] {
  const { ranking } = next;
  if (ranking === null) {
    const { limit } = next;
    return previous.ranking === null || limit === null
      ? previous.ranking
      : { ...previous.ranking, limit };
  }
  return { direction: ranking.direction, limit: ranking.limit ?? previous.ranking?.limit ?? null };
}

function measuresNamed(draft: Draft): boolean {
  return (
    draft.looseAggregates.length > 0 || draft.mentioned.some(({ role }) => role !== "dimension")
  );
}
