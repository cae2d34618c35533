// Executes SQL against the dataset with the rights of one caller; a refusal is a failed statement, as in reality.

import type { Dataset, TableData } from "../dataset.ts";
import { forbiddenTable, insufficientPermissions } from "../grants.ts";
import type { Principal } from "../principals.ts";
import { resultOf } from "./result-data.ts";
import type { StatementOutcome } from "./statement-store.ts";

export type SqlRun =
  | { readonly kind: "ran"; readonly table: TableData }
  | Extract<StatementOutcome, { kind: "failed" }>;

export function runSql(
  dataset: Dataset,
  caller: Principal,
  { sql, mostRows }: { readonly sql: string; readonly mostRows?: number },
): SqlRun {
  try {
    const table = forbiddenTable(caller, dataset.tablesIn(sql));
    if (table === undefined) return { kind: "ran", table: dataset.run(sql, mostRows) };
    return { kind: "failed", message: insufficientPermissions(table), sqlState: "42501" };
  } catch (error) {
    const message = error instanceof Error ? error.message : "The SQL could not be executed.";
    return { kind: "failed", message, sqlState: "42000" };
  }
}

export function statementOutcome(run: SqlRun): StatementOutcome {
  return run.kind === "ran" ? { kind: "rows", data: resultOf(run.table) } : run;
}
