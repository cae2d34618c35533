// Status, result and cancellation of an operation by its owner (design §3.4). What belongs to another is
// answered as if it were not there.

import { AppError } from "../errors/app-error.ts";
import type { Step } from "./advance.ts";
import type { Drive } from "./drive.ts";
import type { Operation } from "./operation.ts";
import { cancel, isFinished } from "./operation-transitions.ts";
import { ownerKey } from "./owner.ts";
import type { Asker, OperationsDeps, Versioned } from "./ports.ts";

/** Design §3.1: an id of another form costs no store read. */
const OPERATION_ID = /^[A-Za-z0-9_-]{22,64}$/;
/** Compare-and-set lost this often means a storm on one record; the caller may simply repeat. */
const CANCEL_TRIES = 5;

export function createOperationAccess(deps: OperationsDeps, drive: Drive) {
  const find = async (asker: Asker, id: string): Promise<Versioned> => {
    const versioned = OPERATION_ID.test(id) ? await deps.store.read(id) : undefined;
    if (versioned === undefined) throw notFound();
    if (ownerKey(versioned.operation.owner) !== ownerKey(asker.owner)) throw notFound();
    return versioned;
  };

  return {
    /**
     * The present state, after at most one look at Genie if one is due.
     * Never throws for the caller's authority or Databricks: then it is the last known state.
     * @throws AppError `operation_not_found`
     */
    readStatus: async (asker: Asker, id: string): Promise<Operation> => {
      const { operation } = await find(asker, id);
      const step = await drive(asker, id, 0).catch(() => undefined);
      return step?.operation ?? operation;
    },

    /**
     * Waits up to `waitMs` for the end of the operation.
     * @throws AppError `operation_not_found`, or what the caller's token exchange refuses.
     */
    awaitResult: async (asker: Asker, id: string, waitMs: number): Promise<Step> => {
      const { operation } = await find(asker, id);
      if (isFinished(operation)) return { operation };
      return (await drive(asker, id, waitMs)) ?? { operation };
    },

    /**
     * Cancels; a final operation stays as it is. Genie itself cannot be stopped.
     * @throws AppError `operation_not_found`
     */
    cancel: async (asker: Asker, id: string): Promise<Operation> => {
      for (let attempt = 0; attempt < CANCEL_TRIES; attempt++) {
        const { operation, etag } = await find(asker, id);
        if (isFinished(operation)) return operation;
        const written = await deps.store.replace(cancel(operation, deps.clock.now()), etag);
        if (written !== undefined) return written.operation;
      }
      throw new AppError({
        code: "storage_unavailable",
        detail: "The operation changed while it was being cancelled.",
        retryAfterSeconds: 1,
      });
    },
  };
}

function notFound(): AppError {
  return new AppError({
    code: "operation_not_found",
    detail: "There is no such operation, or it is not yours, or it ended more than 24 hours ago.",
  });
}
