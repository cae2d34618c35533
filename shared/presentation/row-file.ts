// All rows as one file that is written while it is read: CSV, or a JSON object on each line (NDJSON). It holds one batch
// at a time.

import type { ResultColumn, ResultRow } from "../operations/genie.ts";
import { BYTE_ORDER_MARK, csvHeader, csvLines } from "./csv.ts";
import { createRowTyping } from "./table.ts";

interface Rows {
  readonly columns: readonly ResultColumn[];
  readonly batches: AsyncIterable<readonly ResultRow[]>;
}

export interface RowFile {
  readonly type: string;
  readonly extension: string;
  readonly pieces: AsyncIterable<Uint8Array>;
}

interface Wanted {
  readonly format: "csv" | "ndjson";
  /** Of CSV: a byte order mark in front. */
  readonly bom: boolean;
}

export function toRowFile(rows: Rows, { format, bom }: Wanted): RowFile {
  return format === "csv" ? csvFile(rows, bom) : ndjsonFile(rows);
}

function csvFile({ columns, batches }: Rows, bom: boolean): RowFile {
  const head = (bom ? BYTE_ORDER_MARK : "") + csvHeader(columns);
  const pieces = piecesOf(batches, (rows) => csvLines(columns, rows), head);
  return { type: "text/csv; charset=utf-8; header=present", extension: "csv", pieces };
}

/** Rows as in JSON: the same names, the same typed cells. */
function ndjsonFile({ columns, batches }: Rows): RowFile {
  const { toRow } = createRowTyping(columns);
  const lines = (rows: readonly ResultRow[]) =>
    rows.map((row) => `${JSON.stringify(toRow(row))}\n`).join("");
  return { type: "application/x-ndjson", extension: "ndjson", pieces: piecesOf(batches, lines) };
}

/** No generator: one that nobody has read from yet would not pass `return` on, and what it holds would stay open. */
function piecesOf(
  batches: Rows["batches"],
  textOf: (rows: readonly ResultRow[]) => string,
  head = "",
): AsyncIterable<Uint8Array> {
  const source = batches[Symbol.asyncIterator]();
  let unsent = head;
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    const { done, value } = await source.next();
    const text = unsent + (done === true ? "" : textOf(value));
    unsent = "";
    if (done === true && text === "") return { done: true, value: undefined };
    return { done: false, value: Buffer.from(text) };
  };
  const stop = async () => {
    await source.return?.();
    return { done: true, value: undefined } as const;
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}
