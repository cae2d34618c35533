// The small query model: everything the translator can say in SQL, and nothing else.

import type { Column, Table } from "../tables/table.ts";

export type Aggregate = "avg" | "sum" | "min" | "max" | "median";

export type Measure =
  | { readonly kind: "count" }
  | { readonly kind: "distinct"; readonly column: Column }
  | { readonly kind: "aggregate"; readonly fn: Aggregate; readonly column: Column };

export type Bucket = "year" | "month";

export interface Grouping {
  readonly column: Column;
  readonly bucket: Bucket | null;
}

export type Comparison = "=" | "<>" | ">" | ">=" | "<" | "<=";

export type Filter =
  | {
      readonly kind: "values";
      readonly column: Column;
      readonly values: readonly string[];
      readonly not: boolean;
    }
  | {
      readonly kind: "compare";
      readonly part: DatePart;
      readonly column: Column;
      readonly op: Comparison;
      readonly number: number;
    }
  | {
      readonly kind: "between";
      readonly part: DatePart;
      readonly column: Column;
      readonly from: number;
      readonly to: number;
    };

/** The number that is compared: the column itself, or the year or month of a date. */
export type DatePart = Bucket | null;

export type Direction = "asc" | "desc";

interface QueryFacts {
  readonly table: Table;
  readonly filters: readonly Filter[];
  readonly limit: number | null;
  /** What a person should know about how the question was taken. */
  readonly notes: readonly string[];
}

export interface AggregateQuery extends QueryFacts {
  readonly shape: "aggregate";
  readonly measures: readonly [Measure, ...Measure[]];
  readonly groupings: readonly Grouping[];
  /** By the first measure; null: by the groupings. */
  readonly direction: Direction | null;
}

export interface RowsQuery extends QueryFacts {
  readonly shape: "rows";
  readonly columns: readonly Column[];
  readonly order: { readonly column: Column; readonly direction: Direction } | null;
}

export type Query = AggregateQuery | RowsQuery;
