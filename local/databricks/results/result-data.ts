// The rows of one statement, in memory or made on demand, and how they are cut into chunks.
// Rows beyond Genie's limit of 5,000 are kept for the full download and shown nowhere else.

import type { TableData } from "../dataset.ts";

export type Row = readonly (string | null)[];

/** A million rows need no memory when they are computed by index. */
export interface RowSource {
  readonly count: number;
  read(from: number, to: number): readonly Row[];
}

export interface Column {
  readonly name: string;
  /** type_name, for example DECIMAL. */
  readonly type: string;
  /** type_text, when it does not follow from the type, for example "ARRAY<STRING>". */
  readonly typeText?: string;
  readonly precision?: number;
  readonly scale?: number;
}

export interface ResultData {
  readonly columns: readonly Column[];
  readonly rows: RowSource;
  readonly chunkSize: number;
  /** Says "truncated" although all rows are there. */
  readonly markTruncated: boolean;
}

export const GENIE_ROW_LIMIT = 5_000;
const CHUNK_ROWS = 1_000;

function rowsInMemory(rows: readonly Row[]): RowSource {
  return { count: rows.length, read: (from, to) => rows.slice(from, to) };
}

export function resultOf(table: TableData): ResultData {
  return {
    columns: table.columns,
    rows: rowsInMemory(table.rows),
    chunkSize: CHUNK_ROWS,
    markTruncated: table.truncated ?? false,
  };
}

export interface ScriptedResult {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[] | RowSource;
  /** Default 1,000. */
  readonly chunkSize?: number;
  /** Default: more than 5,000 rows. */
  readonly truncated?: boolean;
  /** query-result stays PENDING, then RUNNING, this long after the message is completed; Infinity: until `releaseRows`. */
  readonly pendingForMs?: number;
  /** How long a full download of it runs; Infinity: until `releaseRows`. Default: as the timings say. */
  readonly downloadForMs?: number;
}

export function scriptedResult(script: ScriptedResult): ResultData {
  return {
    columns: script.columns,
    rows: isRowSource(script.rows) ? script.rows : rowsInMemory(script.rows),
    chunkSize: script.chunkSize ?? CHUNK_ROWS,
    markTruncated: script.truncated ?? false,
  };
}

function isRowSource(rows: readonly Row[] | RowSource): rows is RowSource {
  return !Array.isArray(rows);
}
