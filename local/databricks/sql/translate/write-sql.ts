// Query → Spark SQL that SQLite understands too. Identifiers come from the vocabulary alone; every value is a
// number or an escaped string literal.

import type { Column, Table } from "../tables/table.ts";
import type {
  AggregateQuery,
  DatePart,
  Filter,
  Grouping,
  Measure,
  Query,
  RowsQuery,
} from "./query.ts";

/** The SQL text, one clause a line. */
export function writeSql(query: Query): string {
  const clauses = query.shape === "rows" ? rowsClauses(query) : aggregateClauses(query);
  return clauses.filter((clause) => clause !== "").join("\n");
}

/** The name of a measure's result column: "average_delay". */
function measureName(measure: Measure, table: Table): string {
  if (measure.kind === "count") return `number_of_${snake(table.row[1])}`;
  if (measure.kind === "distinct") return `number_of_different_${snake(measure.column.label)}`;
  return `${AGGREGATE_NAMES[measure.fn]}_${snake(measure.column.label)}`;
}

/** The name of a grouping's result column: "origin", "month". */
function groupingName({ column, bucket }: Grouping): string {
  return bucket ?? column.name;
}

const AGGREGATE_NAMES = {
  avg: "average",
  sum: "total",
  min: "minimum",
  max: "maximum",
  median: "median",
} as const;

function aggregateClauses(query: AggregateQuery): string[] {
  const groupings = query.groupings.map(groupingSelected);
  const measures = query.measures.map(
    (measure) => `${measureSql(measure)} AS ${quoted(measureName(measure, query.table))}`,
  );
  const names = query.groupings.map((grouping) => quoted(groupingName(grouping)));
  const measured = quoted(measureName(query.measures[0], query.table));
  const byMeasure = query.direction === null ? [] : [`${measured} ${order(query.direction)}`];
  return [
    `SELECT ${[...groupings, ...measures].join(", ")}`,
    ...fromClauses(query, columnsOf(query)),
    list("GROUP BY", query.groupings.map(groupingSql)),
    list("ORDER BY", names.length === 0 ? [] : [...byMeasure, ...names]),
    limitClause(query),
  ];
}

function rowsClauses(query: RowsQuery): string[] {
  const by = query.order;
  const tieBreaker = query.columns[0];
  return [
    `SELECT ${query.columns.map(selected).join(", ")}`,
    ...fromClauses(query, by === null ? query.columns : [...query.columns, by.column], by?.column),
    by === null
      ? ""
      : list("ORDER BY", [
          `${columnSql(by.column)} ${order(by.direction)}`,
          ...(tieBreaker === undefined || tieBreaker === by.column ? [] : [columnSql(tieBreaker)]),
        ]),
    limitClause(query),
  ];
}

function snake(label: string): string {
  return label.toLowerCase().replaceAll(" ", "_");
}

function columnsOf(query: AggregateQuery): Column[] {
  const measured = query.measures.flatMap((measure) =>
    measure.kind === "count" ? [] : [measure.column],
  );
  return [...query.groupings.map((grouping) => grouping.column), ...measured];
}

/** `known` must have a value: rows without it have no place in an order. */
function fromClauses(query: Query, used: readonly Column[], known?: Column): string[] {
  const columns = [...used, ...query.filters.map((filter) => filter.column)];
  const joins = new Map(
    columns.flatMap(({ via }) => (via === null ? [] : [[via.alias, via.on] as const])),
  );
  const conditions = query.filters.map(filterSql);
  if (known !== undefined) conditions.push(`${columnSql(known)} IS NOT NULL`);
  return [
    `FROM ${quoted(query.table.name)}`,
    ...[...joins].map(
      ([alias, on]) =>
        `JOIN \`airports\` AS ${quoted(alias)} ON ${quoted(alias)}.\`iata\` = ${quoted(query.table.name)}.${quoted(on)}`,
    ),
    conditions.length === 0 ? "" : `WHERE ${conditions.join("\n  AND ")}`,
  ];
}

function measureSql(measure: Measure): string {
  if (measure.kind === "count") return "COUNT(*)";
  const column = columnSql(measure.column);
  if (measure.kind === "distinct") return `COUNT(DISTINCT ${column})`;
  return measure.fn === "avg"
    ? `ROUND(AVG(${column}), 2)`
    : `${measure.fn.toUpperCase()}(${column})`;
}

function groupingSql({ column, bucket }: Grouping): string {
  return bucket === "month"
    ? `DATE_FORMAT(${columnSql(column)}, 'yyyy-MM')`
    : partSql(column, bucket);
}

function groupingSelected(grouping: Grouping): string {
  const sql = groupingSql(grouping);
  const name = quoted(groupingName(grouping));
  return sql === name ? sql : `${sql} AS ${name}`;
}

function filterSql(filter: Filter): string {
  if (filter.kind === "values") return valuesSql(filter);
  const compared = partSql(filter.column, filter.part);
  return filter.kind === "between"
    ? `${compared} BETWEEN ${filter.from} AND ${filter.to}`
    : `${compared} ${filter.op} ${filter.number}`;
}

function valuesSql({ column, values, not }: Extract<Filter, { kind: "values" }>): string {
  const literals = values.map((value) => `'${value.replaceAll("'", "''")}'`);
  const [only] = literals;
  if (literals.length === 1) return `${columnSql(column)} ${not ? "<>" : "="} ${only}`;
  return `${columnSql(column)} ${not ? "NOT IN" : "IN"} (${literals.join(", ")})`;
}

function partSql(column: Column, part: DatePart): string {
  return part === null ? columnSql(column) : `${part.toUpperCase()}(${columnSql(column)})`;
}

function selected(column: Column): string {
  return column.via === null ? columnSql(column) : `${columnSql(column)} AS ${quoted(column.name)}`;
}

function columnSql(column: Column): string {
  return column.via === null
    ? quoted(column.name)
    : `${quoted(column.via.alias)}.${quoted(column.via.column)}`;
}

function order(direction: "asc" | "desc"): string {
  return direction === "desc" ? "DESC" : "ASC NULLS LAST";
}

function list(keyword: string, parts: readonly string[]): string {
  return parts.length === 0 ? "" : `${keyword} ${parts.join(", ")}`;
}

function limitClause({ limit }: Query): string {
  return limit === null ? "" : `LIMIT ${limit}`;
}

function quoted(name: string): string {
  return `\`${name}\``;
}
