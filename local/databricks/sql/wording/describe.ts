// Title and description of a query, in the words of the vocabulary, so that a person can check how the question
// was taken.

import type { Filter, Grouping, Measure, Query } from "../translate/query.ts";
import { capital, enumerate } from "./ask-back.ts";

/** Stands before everything a person should know about how the question was taken. */
export const NOTE = "Note: ";

export function describe(query: Query): { title: string; description: string } {
  const title = capital([subject(query), ...conditions(query)].join(" "));
  const notes = query.notes.map((note) => ` ${NOTE}${note}`).join("");
  return { title: title.slice(0, 120), description: `${title}${arrangement(query)}.${notes}` };
}

function subject(query: Query): string {
  if (query.shape === "rows") {
    return query.order === null
      ? query.table.row[1]
      : `${query.table.row[1]} by ${query.order.column.label}`;
  }
  const measured = enumerate(query.measures.map((measure) => measureLabel(measure, query)));
  const grouped = enumerate(query.groupings.map(groupingLabel));
  return grouped === "" ? measured : `${measured} by ${grouped}`;
}

function measureLabel(measure: Measure, { table }: Query): string {
  if (measure.kind === "count") return `number of ${table.row[1]}`;
  if (measure.kind === "distinct") return `number of different values of ${measure.column.label}`;
  return `${SPOKEN[measure.fn]} ${measure.column.label}`;
}

const SPOKEN = {
  avg: "average",
  sum: "total",
  min: "minimum",
  max: "maximum",
  median: "median",
} as const;

function groupingLabel({ column, bucket }: Grouping): string {
  return bucket ?? column.label;
}

function conditions(query: Query): string[] {
  const filters = query.filters.map(conditionLabel);
  return filters.length === 0 ? [] : [`where ${enumerate(filters)}`];
}

function conditionLabel(filter: Filter): string {
  if (filter.kind === "values") {
    return `${filter.column.label} is ${filter.not ? "not " : ""}${enumerate(filter.values, "or")}`;
  }
  const subjectLabel = filter.part ?? filter.column.label;
  return filter.kind === "between"
    ? `${subjectLabel} is between ${filter.from} and ${filter.to}`
    : `${subjectLabel} ${COMPARED[filter.op]} ${filter.number.toLocaleString("en-US", { useGrouping: filter.part === null })}`;
}

const COMPARED = {
  "=": "is",
  "<>": "is not",
  ">": "is over",
  ">=": "is at least",
  "<": "is under",
  "<=": "is at most",
} as const;

function arrangement(query: Query): string {
  const rows =
    query.limit === null
      ? ""
      : `, ${query.limit === 1 ? "the first one" : `the first ${query.limit}`}`;
  if (query.shape === "aggregate") {
    if (query.direction === null) return rows;
    return `, ${query.direction === "desc" ? "highest" : "lowest"} first${rows}`;
  }
  if (query.order === null) return rows;
  const { column, direction } = query.order;
  return `, ${direction === "desc" ? "highest" : "lowest"} ${column.label} first${rows}`;
}
