// Builds the in-memory SQLite database from the public files (about 0.2 s). After this nothing writes to it:
// the guard of guard-select.ts is put on before anybody's SQL runs.

import { ALL_TABLES } from "../tables/all-tables.ts";
import type { Table } from "../tables/table.ts";
import { readRows, type SqlValue, storedColumns } from "./read-rows.ts";
import { addSparkFunctions } from "./spark-functions.ts";
import { type Database, openMemory } from "./sqlite-driver.ts";

/** SQLite's affinity of each declared type keeps integers exact and dates as text. */
const DECLARED = { LONG: "BIGINT", DOUBLE: "DOUBLE", STRING: "STRING_TEXT" } as const;

/** Opens and fills the database. */
export async function openDatabase(): Promise<Database> {
  const db = openMemory();
  addSparkFunctions(db);
  const filled = await Promise.all(
    ALL_TABLES.map(async (table) => ({ table, rows: await readRows(table) })),
  );
  for (const { table, rows } of filled) fill(db, table, rows);
  return db;
}

function fill(db: Database, table: Table, rows: readonly SqlValue[][]): void {
  const columns = storedColumns(table);
  const declared = columns.map(({ name, type }) => {
    // DATE and TIMESTAMP alone would get SQLite's NUMERIC affinity.
    const typeName = type === "DATE" || type === "TIMESTAMP" ? `${type}_TEXT` : DECLARED[type];
    return `\`${name}\` ${typeName}${name === "iata" ? " PRIMARY KEY" : ""}`;
  });
  db.exec(`CREATE TABLE \`${table.name}\` (${declared.join(", ")})`);
  const insert = db.prepare(
    `INSERT INTO \`${table.name}\` VALUES (${columns.map(() => "?").join(", ")})`,
  );
  db.exec("BEGIN");
  for (const row of rows) insert.run(...row);
  db.exec("COMMIT");
}
