// Reads the public files of vega-datasets into plain records. Numbers, dates and gaps are made one form here,
// so that everything after it sees clean rows; it changes no value.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Column, ColumnType, Table } from "../tables/table.ts";

export type SqlValue = string | number | null;
type RawRow = Readonly<Record<string, unknown>>;

/** All rows of a table's file, one value per stored column, in the order of `storedColumns`. */
export async function readRows(table: Table): Promise<SqlValue[][]> {
  const raw = parseFile(await readFile(dataFile(table.file), "utf8"), table.file);
  const columns = storedColumns(table);
  return raw.map((row) => columns.map((column) => toSqlValue(row[column.field], column.type)));
}

/** The columns that the table itself holds (not those read through a join). */
export function storedColumns(table: Table): Column[] {
  return table.columns.filter((column) => column.via === null);
}

function dataFile(name: string): string {
  // The package exports only its loader module; its data lies beside it.
  const entry = import.meta.resolve("vega-datasets");
  return fileURLToPath(new URL(`../data/${name}`, entry));
}

function parseFile(text: string, name: string): RawRow[] {
  if (!name.endsWith(".json")) return parseCsv(text);
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed : [];
}

/** RFC 4180 with a header row. */
function parseCsv(text: string): Record<string, string>[] {
  const [header = [], ...lines] = csvLines(text);
  return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));
}

function csvLines(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, plain = "", end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (cells.length > 1 || cells[0] !== "") lines.push(cells);
    cells = [];
  }
  return lines;
}

function toSqlValue(value: unknown, type: ColumnType): SqlValue {
  if (value === null || value === undefined || value === "") return null;
  if (type === "LONG" || type === "DOUBLE") return Number(value);
  if (type === "DATE") return isoDate(String(value));
  if (type === "TIMESTAMP") return `${isoDate(String(value))}T${String(value).slice(11)}:00.000Z`;
  return String(value);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "2001/01/31 …", "1970-01-01" and "Jun 12 1998" → ISO date. */
function isoDate(text: string): string {
  const english = /^(\w{3}) (\d\d) (\d{4})$/.exec(text);
  if (english === null) return text.slice(0, 10).replaceAll("/", "-");
  const [, month = "", day = "", year = ""] = english;
  return `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, "0")}-${day}`;
}
