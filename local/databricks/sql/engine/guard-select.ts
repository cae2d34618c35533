// Lets SQLite compile only SELECTs over the known tables with harmless functions: SQLite itself reports every
// action of a statement before it runs. Never trusts a pattern over the SQL text for that.

import { ALL_TABLES } from "../tables/all-tables.ts";
import { type Database, sqliteCodes } from "./sqlite-driver.ts";

const KNOWN_TABLES: ReadonlySet<string> = new Set(ALL_TABLES.map((table) => table.name));

// No function that can build a large value (zeroblob, printf, replace, group_concat) or leave the process.
const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "abs avg ceil coalesce count date_format dense_rank floor ifnull like length lower max median min month " +
    "nullif rank round row_number substr sum trim upper year"
  ).split(" "),
);

export interface SelectGuard {
  /** Compiles with `compile` and tells which of the known tables the statement reads. */
  tablesReadBy(compile: () => void): string[];
}

/** Puts the guard on for good. */
export function guardSelects(db: Database): SelectGuard {
  let read = new Set<string>();
  db.setAuthorizer((action, first, second, database) => {
    if (action === sqliteCodes.SQLITE_SELECT) return sqliteCodes.SQLITE_OK;
    if (action === sqliteCodes.SQLITE_FUNCTION) return verdict(FUNCTIONS.has(second ?? ""));
    if (action !== sqliteCodes.SQLITE_READ) return sqliteCodes.SQLITE_DENY;
    if (first !== null && KNOWN_TABLES.has(first)) {
      read.add(first);
      return sqliteCodes.SQLITE_OK;
    }
    // A subquery or common table expression is read without a database name; SQLite's own tables are not.
    return verdict(database === null && !/^(?:sqlite_|pragma_)/i.test(first ?? ""));
  });
  return {
    tablesReadBy: (compile) => {
      read = new Set();
      compile();
      return [...read].toSorted();
    },
  };
}

function verdict(allowed: boolean): number {
  return allowed ? sqliteCodes.SQLITE_OK : sqliteCodes.SQLITE_DENY;
}
