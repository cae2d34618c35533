// The Databricks token of a user question with a callback (design §3.7): sealed, in a row of its own beside the
// operation, bound to operation, tenant, user, audience and expiry. The caller's own token never gets here.

import { AppError } from "../errors/app-error.ts";
import type { Operation } from "../operations/operation.ts";
import type { TokenCustody } from "../operations/ports.ts";
import { type SealContext, type Sealing, SealRefused } from "../sealing/sealing.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { dateOf, storedTime } from "./operation-columns.ts";
import { storageCall } from "./storage-call.ts";
import type { StorageClients } from "./storage-clients.ts";
import { CUSTODY_ROW, OPERATIONS_TABLE } from "./storage-names.ts";
import { deleteRow, readRow } from "./table-rows.ts";

interface CustodyDeps {
  readonly clients: StorageClients;
  readonly sealing: Sealing;
  /** Entra resource that the token is for (DATABRICKS_RESOURCE_ID). */
  readonly audience: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Work begun with the token must be able to end with it. */
const MARGIN_MS = 30_000;

export function createTableTokenCustody(deps: CustodyDeps): TokenCustody {
  const openTable = () => deps.clients.table(OPERATIONS_TABLE);
  const erase = async (operationId: string) => {
    await deleteRow(await openTable(), keyOf(operationId));
  };

  return {
    keep: async (operation, { token, expiresAt }) => {
      const sealed = await deps.sealing.seal(token, bindingOf(operation, expiresAt, deps.audience));
      const row = {
        ...keyOf(operation.id),
        token: sealed,
        expiresAt: dateOf(expiresAt),
        // Should nobody erase it, its lifetime is over no later than that of its operation.
        lifetimeFrom: dateOf(operation.createdAt),
      };
      const table = await openTable();
      await storageCall(() => table.upsertEntity(row, "Replace"));
    },
    open: async (operation) => {
      const row = await readRow(await openTable(), keyOf(operation.id));
      if (row === undefined) return undefined;
      const token = await openToken(deps, operation, row);
      if (token === undefined) await erase(operation.id);
      return token;
    },
    erase,
  };
}

/** Undefined: it has expired, or the row is not what this gateway sealed for this operation. */
async function openToken(
  { sealing, audience, clock, logger }: CustodyDeps,
  operation: Operation,
  row: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  const { token: sealed, expiresAt } = row;
  if (typeof sealed !== "string" || !(expiresAt instanceof Date)) return undefined;
  if (expiresAt.getTime() - MARGIN_MS <= clock.now()) return undefined;
  try {
    return await sealing.open(sealed, bindingOf(operation, expiresAt.getTime(), audience));
  } catch (error) {
    if (!(error instanceof SealRefused)) throw error;
    logger.error("stores.custody_refused", { operation_id: operation.id });
    return undefined;
  }
}

function keyOf(operationId: string) {
  return { partitionKey: operationId, rowKey: CUSTODY_ROW };
}

function bindingOf(operation: Operation, expiresAt: number, audience: string): SealContext {
  const { id, owner } = operation;
  // Only a user's token is ever kept: an app's can be had anew at any time.
  if (owner.kind !== "user") {
    throw new AppError({ code: "internal_error", detail: "Only a user's token is kept." });
  }
  return {
    purpose: "databricks-token",
    operation: id,
    tenant: owner.tenantId,
    user: owner.objectId,
    audience,
    expiresAt: storedTime(expiresAt),
  };
}
