// Runs one SELECT within bounds and gives its rows as Databricks would. It never writes, and it never
// keeps more rows than Genie shows, unless it is told to.

import type { TableData } from "../../dataset.ts";
import { cellText, type RawCell, typeName } from "./cell-text.ts";
import type { SelectGuard } from "./guard-select.ts";
import { refuseCostly } from "./query-cost.ts";
import type { Database, Statement } from "./sqlite-driver.ts";

/** Genie's limit of rows for one query result (genie-api.md §1.6). */
const MOST_ROWS = 5_000;
const LONGEST_SQL = 20_000;

export interface SelectRunner {
  /** @throws Error with a text like Spark's, `[TABLE_OR_VIEW_NOT_FOUND] …` */
  run(sql: string, mostRows?: number): TableData;
  /** @throws Error as `run` does */
  tablesIn(sql: string): string[];
}

export function createSelectRunner(db: Database, guard: SelectGuard): SelectRunner {
  return {
    run: (sql, mostRows = MOST_ROWS) =>
      inSparkWords(() => collect(compile(db, oneStatement(sql)), mostRows)),
    tablesIn: (sql) => inSparkWords(() => guard.tablesReadBy(() => compile(db, oneStatement(sql)))),
  };
}

/** node:sqlite compiles the first statement and silently drops the rest, so the rest is refused here. */
function oneStatement(sql: string): string {
  if (sql.length > LONGEST_SQL || sql.includes("\0")) throw new Error("not a usable statement");
  const quotedOrComment = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//g;
  const bare = sql.replaceAll(quotedOrComment, "").trim();
  if (bare === "" || bare.replace(/;$/, "").includes(";")) throw new Error("not one statement");
  return sql;
}

function compile(db: Database, sql: string): Statement {
  const statement = db.prepare(sql, { readBigInts: true, returnArrays: true });
  if (statement.columns().length === 0) throw new Error("not a SELECT");
  refuseCostly(db, sql);
  return statement;
}

function collect(statement: Statement, mostRows: number): TableData {
  const raw: RawCell[][] = [];
  let truncated = false;
  for (const row of statement.iterate()) {
    truncated = raw.length === mostRows;
    if (truncated) break;
    raw.push(Object.values(row));
  }
  const columns = statement.columns().map(({ name, type }, index) => ({
    name,
    type: typeName(
      type,
      raw.map((row) => row[index] ?? null),
    ),
  }));
  const rows = raw.map((row) => row.map((cell, i) => cellText(cell, columns[i]?.type ?? "STRING")));
  return { columns, rows, ...(truncated ? { truncated } : {}) };
}

function inSparkWords<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : "unknown";
    throw text.startsWith("[") ? cause : new Error(sparkText(text), { cause });
  }
}

function sparkText(text: string): string {
  const missing = /^no such (table|column): (.*)$/s.exec(text);
  if (missing?.[1] === "table") {
    return `[TABLE_OR_VIEW_NOT_FOUND] The table or view \`${missing[2]}\` cannot be found. SQLSTATE: 42P01`;
  }
  if (missing !== null) {
    return `[UNRESOLVED_COLUMN.WITHOUT_SUGGESTION] A column with name \`${missing[2]}\` cannot be resolved. SQLSTATE: 42703`;
  }
  if (/not authorized|prohibited/.test(text)) {
    return `[INSUFFICIENT_PERMISSIONS] Insufficient privileges: only SELECT on the tables of this space is allowed. SQLSTATE: 42501`;
  }
  return `[PARSE_SYNTAX_ERROR] Syntax error: ${text}. SQLSTATE: 42601`;
}
