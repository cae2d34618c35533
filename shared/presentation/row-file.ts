// All rows as one file that is written while it is read: CSV, or a JSON object on each line (NDJSON). It holds one batch
// at a time.

import type { ResultColumn, ResultRow } from "../operations/result-rows.ts";
import type { CreateRowWriter, RowBatch, RowWriter } from "../operations/row-batch.ts";
import { BYTE_ORDER_MARK, createCsvWriter, csvHeader } from "./csv.ts";
import { createPieceMemory } from "./piece-memory.ts";
import { createRowTyping } from "./table.ts";

interface Rows {
  readonly columns: readonly ResultColumn[];
  readonly batches: AsyncIterable<RowBatch>;
}

export interface RowFile {
  readonly type: string;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** In the pieces so far. */
  readonly rows: () => number;
}

interface Wanted {
  readonly format: "csv" | "ndjson";
  /** Of CSV: a byte order mark in front. */
  readonly bom: boolean;
}

/** Of a format whose rows are written while they are found. */
export function rowWriterOf(
  format: Wanted["format"],
  allSent: () => boolean,
): CreateRowWriter | undefined {
  if (format !== "csv") return undefined;
  return (columns) => createCsvWriter(columns, createPieceMemory(allSent));
}

export function toRowFile(rows: Rows, { format, bom }: Wanted): RowFile {
  return format === "csv" ? csvFile(rows, bom) : ndjsonFile(rows);
}

function csvFile({ columns, batches }: Rows, bom: boolean): RowFile {
  const head = (bom ? BYTE_ORDER_MARK : "") + csvHeader(columns);
  const write = createCsvWriter(columns, createPieceMemory(neverSent));
  const lines = (batch: RowBatch) => batch.written ?? linesOf(batch, write);
  const type = "text/csv; charset=utf-8; header=present";
  return { type, ...piecesOf(batches, lines, Buffer.from(head)) };
}

const neverSent = (): boolean => false;

/** Rows that were not written while they were found: few, or in a file of another form. */
function linesOf({ json, count }: RowBatch, write: RowWriter): Uint8Array {
  const { written, ...found } = write(Buffer.concat([json, Uint8Array.of(0)]), 1, json.length);
  // Whoever makes a batch has seen that it holds such rows; a short file would be worse than none.
  if (written === undefined || found.count !== count)
    throw new Error("a batch is not what it says");
  return written;
}

/** Rows as in JSON: the same names, the same typed cells. */
function ndjsonFile({ columns, batches }: Rows): RowFile {
  const { toRow } = createRowTyping(columns);
  const lines = ({ json }: RowBatch) => {
    const rows: readonly ResultRow[] = JSON.parse(utf8.decode(json));
    return Buffer.from(rows.map((row) => lineOf(toRow(row))).join(""));
  };
  return { type: "application/x-ndjson", ...piecesOf(batches, lines) };
}

const utf8 = new TextDecoder();

/** Some readers take these for ends of a line, too (Unicode TR 14); JSON needs not escape them. */
const OTHER_LINE_ENDS = /[\u0085\u2028\u2029]/g;

function lineOf(row: Record<string, unknown>): string {
  const json = JSON.stringify(row);
  const line = json.replaceAll(
    OTHER_LINE_ENDS,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${line}\n`;
}

/** No generator: one that nobody has read from yet would not pass `return` on, and what it holds would stay open. */
function piecesOf(
  batches: Rows["batches"],
  bytesOf: (batch: RowBatch) => Uint8Array,
  head?: Uint8Array,
): Omit<RowFile, "type"> {
  const source = batches[Symbol.asyncIterator]();
  let rows = 0;
  let unsent = head;
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    const first = unsent;
    unsent = undefined;
    if (first !== undefined) return { done: false, value: first };
    const { done, value } = await source.next();
    if (done === true) return { done, value: undefined };
    rows += value.count;
    return { done: false, value: bytesOf(value) };
  };
  const stop = async () => {
    await source.return?.();
    return { done: true, value: undefined } as const;
  };
  const pieces = { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
  return { pieces, rows: () => rows };
}
