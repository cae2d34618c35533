// The one place that knows node:sqlite.

// biome-ignore lint/correctness/noUnresolvedImports: Biome 2.6 does not know this built-in module yet
import { constants, DatabaseSync, type StatementSync } from "node:sqlite";

export type Database = DatabaseSync;
export type Statement = StatementSync;

/** SQLite's codes of what a statement does, and the verdicts on it. */
export const sqliteCodes = constants;

/** An empty database in memory in which "x" is always an identifier, never a string. */
export function openMemory(): Database {
  return new DatabaseSync(":memory:", { enableDoubleQuotedStringLiterals: false });
}
