// Rows of a CSV file of the statement interface (RFC 4180; line ends LF or CRLF) while it arrives: cut at line ends
// outside of quotes, then Papa Parse takes all of these lines at once. Measured on 18 MB, 6 columns: 94 MB/s,
// csv-parse 29 (docs/dependencies.md). Null is the word null there, so a text "null" cannot be told from it.

import type { parse } from "papaparse/papaparse.js";
import type { ResultColumn, ResultRow } from "../operations/genie.ts";
import { createHeldBytes, decodeText, type RowReader } from "./file-rows.ts";
import { notUnderstood } from "./workspace-read.ts";

/** Loaded on first use. */
export type ParseCsv = typeof parse;

const [QUOTE, LF] = [0x22, 0x0a];

/** @param hasHeader true for the first file of a result: its first line names the columns and is no row */
export function createCsvRows(
  parseCsv: ParseCsv,
  columns: readonly ResultColumn[],
  hasHeader: boolean,
): RowReader {
  const scan: Scan = { inQuotes: false };
  const held = createHeldBytes();
  let newline: "\n" | "\r\n" | undefined;
  let expectsHeader = hasHeader;
  return {
    push(bytes) {
      const end = findLinesEnd(scan, bytes);
      if (end === 0) {
        held.add(bytes);
        return [];
      }
      const text = decodeText(held.takeWith(bytes.subarray(0, end)));
      held.add(bytes.subarray(end));
      newline ??= text.endsWith("\r\n") ? "\r\n" : "\n";
      const lines = parseLines(parseCsv, text, newline);
      if (expectsHeader) ensureHeader(lines.shift(), columns);
      expectsHeader = false;
      return lines.map((cells) => toRow(cells, columns.length));
    },
    // A last line without its end may be a part of one, so it counts as cut off.
    end: () => held.isEmpty() && !expectsHeader,
  };
}

interface Scan {
  inQuotes: boolean;
}

/** The index behind the last line end outside of quotes, or 0. A doubled quote opens and closes at once. */
function findLinesEnd(scan: Scan, bytes: Uint8Array): number {
  let { inQuotes } = scan;
  let end = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) inQuotes = !inQuotes;
    else if (byte === LF && !inQuotes) end = at + 1;
  }
  scan.inQuotes = inQuotes;
  return end;
}

/** `text` ends with a line end. An empty line in front keeps Papa Parse from taking a U+FEFF of a cell for a mark. */
function parseLines(
  parseCsv: ParseCsv,
  text: string,
  newline: "\n" | "\r\n",
): (readonly string[])[] {
  const body = newline + text.slice(0, -newline.length);
  const { data, errors } = parseCsv(body, { delimiter: ",", newline });
  if (errors.length > 0) throw notUnderstood("a result file is not CSV");
  return data.slice(1);
}

function ensureHeader(
  names: readonly string[] | undefined,
  columns: readonly ResultColumn[],
): void {
  const fits =
    names?.length === columns.length && columns.every(({ name }, at) => name === names[at]);
  if (!fits) throw notUnderstood("the first line of a result file does not name the columns");
}

function toRow(cells: readonly string[], width: number): ResultRow {
  if (cells.length !== width) throw notUnderstood("a result file holds what is no row of it");
  return cells.map((cell) => (cell === "null" ? null : cell));
}
