// Genie's rows chunk by chunk, for pages, answers and files alike. It hands on no chunk that does not go on where the
// one before ended: that would lose rows, repeat them, or never end, and nobody could tell from what comes out.

import { AppError } from "../errors/app-error.ts";
import type { Genie, ResultChunk } from "./genie.ts";
import type { ResultRow } from "./result-rows.ts";
import type { ReadyResult } from "./result-state.ts";

/**
 * The chunks from the one that holds row `from`, where Databricks told which one that is. Each is fetched when it is
 * asked for.
 *
 * @throws AppError `databricks_unavailable` where they do not fit together, or end too early
 */
export async function* readChunks(
  genie: Genie,
  result: ReadyResult,
  from: number,
): AsyncGenerator<ResultChunk, void> {
  const holder = result.chunks.findLast((place) => place.rowOffset <= from);
  const { statementId } = result;
  const isFurther = holder !== undefined && holder.index > 0;
  let chunk = isFurther ? await genie.resultChunk(statementId, holder.index) : result.firstChunk;
  let expected = holder?.rowOffset ?? 0;
  for (;;) {
    if (chunk.rowOffset !== expected || !isSound(chunk, result)) throw brokenOff();
    yield chunk;
    expected += chunk.rows.length;
    if (chunk.nextChunkIndex === undefined) break;
    chunk = await genie.resultChunk(statementId, chunk.nextChunkIndex);
  }
  if (expected < result.rowCount && !result.truncated) throw brokenOff();
}

/** Rows `from` … `to`, as far as there are any; no chunk is read that holds none of them. */
export async function readRowsBetween(
  genie: Genie,
  result: ReadyResult,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly ResultRow[]> {
  const found: ResultRow[] = [];
  for await (const { rowOffset, rows } of readChunks(genie, result, from)) {
    found.push(...rows.slice(Math.max(0, from - rowOffset), to - rowOffset));
    if (rowOffset + rows.length >= to) break;
  }
  return found;
}

/** As many cells in each row as there are columns; and without rows only at the end. */
function isSound({ rows, nextChunkIndex }: ResultChunk, { columns }: ReadyResult): boolean {
  const mayFollow = rows.length > 0 || nextChunkIndex === undefined;
  return mayFollow && rows.every((row) => row.length === columns.length);
}

function brokenOff(): AppError {
  return new AppError({
    code: "databricks_unavailable",
    detail: "Databricks sent rows that do not fit together.",
  });
}
