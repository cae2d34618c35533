// A statement as `StatementResponse` and its chunks as `ResultData` (genie-api.md §3).
// Genie's replies name the next chunk by index alone; the statement API adds the internal link (§1.6, chunking).

import { compact, type JsonObject } from "../json.ts";
import { chunkOutOfBounds, Refused } from "../refusals.ts";
import type { Column, ResultData } from "./result-data.ts";
import type { Statement, StatementState } from "./statement-store.ts";

export interface StatementView {
  readonly state: StatementState;
  readonly internalLinks: boolean;
}

/** How the chunks of a full download are shown; made by downloads.ts. */
export type LinkFor = (statement: Statement, chunkIndex: number) => JsonObject;

export function statementWire(
  statement: Statement,
  view: StatementView,
  linkFor: LinkFor,
): JsonObject {
  const head = { statement_id: statement.id, status: statusWire(statement, view.state) };
  if (view.state !== "SUCCEEDED" || statement.outcome.kind !== "rows") return head;
  const { data } = statement.outcome;
  const empty = visibleRows(statement, data) === 0;
  return {
    ...head,
    manifest: manifestWire(statement, data),
    result: empty ? {} : chunkWire(statement, "0", view.internalLinks, linkFor),
  };
}

function statusWire(statement: Statement, state: StatementState): JsonObject {
  if (state !== "FAILED" || statement.outcome.kind !== "failed") return { state };
  const { message, sqlState } = statement.outcome;
  return { state, error: { error_code: "BAD_REQUEST", message }, sql_state: sqlState };
}

export function visibleRows(statement: Statement, data: ResultData): number {
  return Math.min(data.rows.count, statement.rowLimit);
}

export function isTruncated(statement: Statement, data: ResultData): boolean {
  return data.markTruncated || data.rows.count > statement.rowLimit;
}

function manifestWire(statement: Statement, data: ResultData): JsonObject {
  const total = visibleRows(statement, data);
  const chunks = Array.from({ length: Math.ceil(total / data.chunkSize) }, (_, index) => {
    const { offset, count } = chunkBounds(statement, data, index);
    return { chunk_index: index, row_offset: offset, row_count: count };
  });
  return compact({
    format: statement.links?.format ?? "JSON_ARRAY",
    schema: { column_count: data.columns.length, columns: data.columns.map(columnWire) },
    total_chunk_count: chunks.length,
    chunks,
    total_row_count: total,
    truncated: isTruncated(statement, data),
  });
}

/** Type names whose text differs; LONG is BIGINT in SQL. */
const TYPE_TEXTS: Readonly<Record<string, string>> = {
  LONG: "BIGINT",
  SHORT: "SMALLINT",
  BYTE: "TINYINT",
  NULL: "VOID",
};

function columnWire(column: Column, position: number): JsonObject {
  const { precision = 10, scale = 0 } = column;
  const decimal = column.type === "DECIMAL";
  const typeText = decimal
    ? `DECIMAL(${precision},${scale})`
    : (TYPE_TEXTS[column.type] ?? column.type);
  return {
    name: column.name,
    type_text: column.typeText ?? typeText,
    type_name: column.type,
    position,
    ...(decimal ? { type_precision: precision, type_scale: scale } : {}),
  };
}

export function chunkBounds(statement: Statement, data: ResultData, index: number) {
  const offset = index * data.chunkSize;
  return { offset, count: Math.min(data.chunkSize, visibleRows(statement, data) - offset) };
}

/** One chunk; throws 400 for an index that is none. */
export function chunkWire(
  statement: Statement,
  index: string,
  internalLinks: boolean,
  linkFor: LinkFor,
): JsonObject {
  const chunk = Number(index);
  if (statement.outcome.kind !== "rows" || !/^\d{1,9}$/.test(index))
    throw new Refused(chunkOutOfBounds(index));
  const { data } = statement.outcome;
  const { offset, count } = chunkBounds(statement, data, chunk);
  if (count <= 0) throw new Refused(chunkOutOfBounds(index));
  const next = nextChunk(statement, data, chunk + 1, internalLinks);
  if (statement.links !== undefined) {
    const left = Math.ceil(visibleRows(statement, data) / data.chunkSize) - chunk;
    const chunks = Array.from(
      { length: Math.min(statement.links.perReply, left) },
      (_, i) => chunk + i,
    );
    return {
      external_links: chunks.map((each) => ({
        ...linkFor(statement, each),
        ...nextChunk(statement, data, each + 1, internalLinks),
      })),
    };
  }
  const rows = data.rows.read(offset, offset + count);
  return { chunk_index: chunk, row_offset: offset, row_count: count, ...next, data_array: rows };
}

function nextChunk(
  statement: Statement,
  data: ResultData,
  index: number,
  internalLinks: boolean,
): JsonObject {
  const rowOffset = index * data.chunkSize;
  if (rowOffset >= visibleRows(statement, data)) return {};
  if (!internalLinks) return { next_chunk_index: index };
  const link = `/api/2.0/sql/statements/${statement.id}/result/chunks/${index}?row_offset=${rowOffset}`;
  return { next_chunk_index: index, next_chunk_internal_link: link };
}
