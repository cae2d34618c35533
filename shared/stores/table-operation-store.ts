// Operations in Table storage: one row each, moved by compare-and-set on its ETag (docs/stored-records.md). A row
// that cannot be read back is logged by its id and is missing for its owner; it stays for the operators.

import { AppError } from "../errors/app-error.ts";
import type { Operation } from "../operations/operation.ts";
import type { OperationStore, Versioned } from "../operations/ports.ts";
import { type Sealing, SealRefused } from "../sealing/sealing.ts";
import type { Logger } from "../telemetry/logger.ts";
import { operationColumns } from "./operation-columns.ts";
import { operationOfRow } from "./operation-row.ts";
import { openOperation, sealOperation } from "./seal-operation.ts";
import type { StorageClients } from "./storage-clients.ts";
import { OPERATION_ROW, OPERATIONS_TABLE } from "./storage-names.ts";
import { deleteRows, type Row, readRow, writeRow } from "./table-rows.ts";
import { createTableScan, dateLiteral, KEY_COLUMNS, versionOf } from "./table-scan.ts";

interface TableStoreDeps {
  readonly clients: StorageClients;
  readonly sealing: Sealing;
  readonly logger: Logger;
}

export function createTableOperationStore(deps: TableStoreDeps): OperationStore {
  const openTable = () => deps.clients.table(OPERATIONS_TABLE);
  const scanOverdue = createTableScan();
  const scanEnded = createTableScan();
  const sealed = async (operation: Operation) =>
    operationColumns(await sealOperation(deps.sealing, operation));

  return {
    create: async (operation) => {
      const outcome = await writeRow(await openTable(), await sealed(operation));
      if (outcome.written) {
        return { kind: "created", versioned: { operation, etag: outcome.etag } };
      }
      const versioned = outcome.present && (await versionedOf(deps, outcome.present));
      if (versioned === undefined) throw unreadable();
      return { kind: "exists", versioned };
    },
    read: async (id) => {
      const row = await readRow(await openTable(), keyOf(id));
      return row && versionedOf(deps, row);
    },
    replace: async (operation, etag) => {
      if (etag === "") return undefined; // an empty If-Match would match anything
      const outcome = await writeRow(await openTable(), await sealed(operation), etag);
      return outcome.written ? { operation, etag: outcome.etag } : undefined;
    },
    listOverdue: async (before, limit) => {
      const rows = await scanOverdue(await openTable(), {
        filter: `RowKey eq '${OPERATION_ROW}' and plannedMoveAt lt ${dateLiteral(before)}`,
        limit,
      });
      const operations = await Promise.all(rows.map((row) => versionedOf(deps, row)));
      return operations.filter((versioned) => versioned !== undefined);
    },
    deleteEnded: async (before, limit) => {
      const table = await openTable();
      // Custody rows have the column too, so that none outlives its operation.
      const filter = `lifetimeFrom lt ${dateLiteral(before)}`;
      const rows = await scanEnded(table, { filter, select: KEY_COLUMNS, limit });
      const deleted = await deleteRows(table, rows.map(versionOf));
      return deleted.filter(({ rowKey }) => rowKey === OPERATION_ROW).length;
    },
  };
}

function keyOf(id: string) {
  return { partitionKey: id, rowKey: OPERATION_ROW };
}

async function versionedOf(
  { sealing, logger }: TableStoreDeps,
  row: Row,
): Promise<Versioned | undefined> {
  const stored = operationOfRow(row);
  if (stored === undefined) {
    logger.error("stores.operation_unreadable", { operation_id: row.partitionKey, reason: "form" });
    return undefined;
  }
  try {
    return { operation: await openOperation(sealing, stored), etag: row.etag };
  } catch (error) {
    if (!(error instanceof SealRefused)) throw error;
    logger.error("stores.operation_unreadable", { operation_id: stored.id, reason: "seal" });
    return undefined;
  }
}

/** The id is taken by a row that nobody can read, or was until a moment ago. */
function unreadable(): AppError {
  return new AppError({
    code: "storage_unavailable",
    detail: "The record of this operation cannot be read.",
    remedy:
      "Ask with another Idempotency-Key. The gateway's operator finds the record's id in the log under stores.operation_unreadable.",
    retryAfterSeconds: 5,
  });
}
