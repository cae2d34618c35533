// A statement and its rows from the wire to the words of the domain. Pure; it never trusts a chunk number that
// leads back, because following it would never end.

import type { QueryResult, ResultChunk } from "../operations/genie.ts";
import type { ResultColumn } from "../operations/result-rows.ts";
import { forbiddenBy } from "./databricks-failure.ts";
import { MESSAGE_REASONS } from "./message-reasons.ts";
import type { ManifestWire, ResultDataWire, StatementWire } from "./result-wire.ts";

type ChunkPlaces = Extract<QueryResult, { kind: "ready" }>["chunks"];

/** `rows_missing`: the statement has rows, but this reply does not hold them. */
export function toQueryResult(wire: StatementWire): QueryResult | { kind: "rows_missing" } {
  return toUnready(wire) ?? toReady(wire) ?? { kind: "rows_missing" };
}

/** Why a statement has no rows (yet); undefined for one that succeeded. */
export function toUnready({
  status,
}: Pick<StatementWire, "status">): Exclude<QueryResult, { kind: "ready" }> | undefined {
  switch (status?.state) {
    case "SUCCEEDED":
      return undefined;
    case "FAILED":
    case "CANCELED":
      return { kind: "failed", failure: sqlFailure(status.error?.message ?? "") };
    case "CLOSED":
      return { kind: "expired" };
    default:
      // PENDING, RUNNING, and states unknown to us: not terminal, like unknown message states.
      return { kind: "pending" };
  }
}

const sqlFailure = (message: string) => forbiddenBy({ message }) ?? MESSAGE_REASONS.sql_failed;

function toReady({ statement_id, manifest, result }: StatementWire): QueryResult | undefined {
  if (!manifest || statement_id === null) return undefined;
  const rows = result?.data_array ?? [];
  const rowCount = manifest.total_row_count ?? rows.length;
  if (rows.length === 0 && rowCount > 0) return undefined;
  const chunks = toChunkPlaces(manifest);
  const index = result?.chunk_index ?? 0;
  return {
    kind: "ready",
    statementId: statement_id,
    columns: toColumns(manifest),
    rowCount,
    truncated: manifest.truncated ?? false,
    chunks,
    firstChunk: {
      rowOffset: result?.row_offset ?? 0,
      rows,
      nextChunkIndex: nextOf(index, result) ?? nextByManifest(index, chunks, manifest),
    },
  };
}

export const toColumns = ({ schema }: Pick<ManifestWire, "schema">): readonly ResultColumn[] =>
  (schema?.columns ?? []).map(({ name, type_name }) => ({
    name: name ?? "",
    type: type_name ?? "STRING",
  }));

/** Empty when the places contradict each other: a reader then goes from chunk to chunk. */
function toChunkPlaces({ chunks }: ManifestWire): ChunkPlaces {
  const places = chunks
    .map((chunk) => ({ index: chunk.chunk_index ?? 0, rowOffset: chunk.row_offset ?? 0 }))
    .sort((a, b) => a.index - b.index);
  const ascends = places.every((place, i) => {
    const before = places[i - 1];
    return before === undefined
      ? place.rowOffset === 0
      : place.index > before.index && place.rowOffset >= before.rowOffset;
  });
  return ascends ? places : [];
}

function nextOf(index: number, data: ResultDataWire | null | undefined): number | undefined {
  const next = data?.next_chunk_index ?? null;
  return next !== null && next > index ? next : undefined;
}

/** Genie's replies have come without the number of the next chunk (genie-api.md §1.6). */
function nextByManifest(
  index: number,
  chunks: ChunkPlaces,
  { total_chunk_count }: ManifestWire,
): number | undefined {
  const told = chunks.find((chunk) => chunk.index > index)?.index;
  return told ?? ((total_chunk_count ?? 0) > index + 1 ? index + 1 : undefined);
}

/**
 * The chunk that was asked for by `index`; undefined when the reply holds another chunk, no rows, or no place for
 * them: rows at a wrong offset would be worse than none.
 */
export function toResultChunk(wire: ResultDataWire, index: number): ResultChunk | undefined {
  const rowOffset = wire.row_offset ?? (index === 0 ? 0 : null);
  const isAnother = wire.chunk_index !== null && wire.chunk_index !== index;
  if (isAnother || rowOffset === null || wire.data_array === null) return undefined;
  return { rowOffset, rows: wire.data_array, nextChunkIndex: nextOf(index, wire) };
}
