// The file behind one download link, made piece by piece so that a million rows never sit in memory.

import type { ResultData, Row } from "./result-data.ts";
import type { Statement } from "./statement-store.ts";
import { chunkBounds } from "./statement-wire.ts";

const ROWS_PER_PIECE = 1_000;

export function* downloadFile(statement: Statement, chunkIndex: number): Generator<string> {
  if (statement.outcome.kind !== "rows" || statement.links?.format === "ARROW_STREAM") return;
  const { data } = statement.outcome;
  const pieces = rowPieces(statement, data, chunkIndex);
  if (statement.links?.format === "CSV") yield* csvFile(data, pieces, chunkIndex === 0);
  else yield* jsonFile(pieces);
}

function* rowPieces(
  statement: Statement,
  data: ResultData,
  chunkIndex: number,
): Generator<readonly Row[]> {
  const { offset, count } = chunkBounds(statement, data, chunkIndex);
  for (let from = offset; from < offset + count; from += ROWS_PER_PIECE) {
    yield data.rows.read(from, Math.min(from + ROWS_PER_PIECE, offset + count));
  }
}

function* jsonFile(pieces: Iterable<readonly Row[]>): Generator<string> {
  let separator = "[";
  for (const rows of pieces) {
    yield separator + JSON.stringify(rows).slice(1, -1);
    separator = ",";
  }
  yield separator === "[" ? "[]" : "]";
}

/** Only the first file has the header; null is the word null (statement API documentation). */
function* csvFile(
  data: ResultData,
  pieces: Iterable<readonly Row[]>,
  header: boolean,
): Generator<string> {
  if (header) yield csvLine(data.columns.map(({ name }) => name));
  for (const rows of pieces) yield rows.map(csvLine).join("");
}

function csvLine(cells: Row): string {
  return `${cells.map((cell) => csvCell(cell ?? "null")).join(",")}\r\n`;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
