// Columns and rows of a result, as Databricks sends them and everybody here hands them on. Types alone: what a cell
// means is decided where it is shown.

export interface ResultColumn {
  readonly name: string;
  /** Databricks' `type_name` as it came, for example `DECIMAL`. */
  readonly type: string;
}
/** Databricks sends every cell as text or null. */
export type ResultCell = string | null;
export type ResultRow = readonly ResultCell[];
