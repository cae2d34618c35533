// Status, result, stages and cancellation of an operation by its owner (design §3.4). What belongs to another is
// answered as if it were not there.

import { AppError } from "../errors/app-error.ts";
import type { Advance } from "./advance.ts";
import { type Drive, steps } from "./drive.ts";
import { finishOperation } from "./finish-operation.ts";
import { findNewest } from "./idempotency.ts";
import type { Operation } from "./operation.ts";
import { isFinished } from "./operation-state.ts";
import { cancel } from "./operation-transitions.ts";
import { ownerKey } from "./owner.ts";
import type { Asker, IdempotencyClaim, OperationsDeps, Versioned } from "./ports.ts";
import { asStored, type Step } from "./step.ts";

/** Design §3.1: an id of another form costs no store read. */
const OPERATION_ID = /^[A-Za-z0-9_-]{22,64}$/;
/** Compare-and-set lost this often means a storm on one record; the caller may simply repeat. */
const CANCEL_TRIES = 5;

export function createOperationAccess(deps: OperationsDeps, advance: Advance, drive: Drive) {
  const find = async (asker: Asker, id: string): Promise<Versioned> => {
    const versioned = OPERATION_ID.test(id) ? await deps.store.read(id) : undefined;
    if (versioned === undefined) throw notFound();
    if (ownerKey(versioned.operation.owner) !== ownerKey(asker.owner)) throw notFound();
    return versioned;
  };
  const cancelById = async (asker: Asker, id: string): Promise<Operation> => {
    for (let attempt = 0; attempt < CANCEL_TRIES; attempt++) {
      const { operation, etag } = await find(asker, id);
      if (isFinished(operation)) return operation;
      const ended = cancel(operation, deps.clock.now());
      const written = await finishOperation(deps, { operation, etag }, ended);
      if (isFinished(written.operation)) return written.operation;
    }
    throw changedMeanwhile();
  };

  return {
    /**
     * The present state, after at most one look at Genie if one is due.
     * Never throws for the caller's authority or Databricks: then it is the last known state.
     * @throws AppError `operation_not_found`, `storage_unavailable`
     */
    readStatus: async (asker: Asker, id: string): Promise<Operation> => {
      const known = asStored(await find(asker, id));
      const request = { asker, until: deps.clock.now(), isFirst: false };
      return (await drive(known, request).catch(() => known)).operation;
    },

    /**
     * Waits up to `waitMs` for the end of the operation.
     * @throws AppError `operation_not_found`, `storage_unavailable`, or what the caller's token exchange refuses.
     */
    awaitResult: async (asker: Asker, id: string, waitMs: number): Promise<Step> => {
      const known = asStored(await find(asker, id));
      return drive(known, { asker, until: deps.clock.now() + waitMs, isFirst: false });
    },

    /** Each step until the end or until `waitMs` have passed. @throws AppError `operation_not_found` on the first. */
    watch: async (asker: Asker, id: string, waitMs: number): Promise<AsyncGenerator<Step>> => {
      const known = asStored(await find(asker, id));
      return steps(deps, advance, {
        known,
        asker,
        until: deps.clock.now() + waitMs,
        isFirst: false,
      });
    },

    /**
     * Cancels; a final operation stays as it is. Genie itself cannot be stopped.
     * @throws AppError `operation_not_found`, `storage_unavailable`
     */
    cancel: cancelById,

    /** Cancels the operation of an Idempotency-Key. @throws AppError `operation_not_found` */
    cancelByKey: async (
      asker: Asker,
      claim: Pick<IdempotencyClaim, "idsOf">,
    ): Promise<Operation> => {
      const newest = await findNewest(deps, claim);
      if (newest === undefined) throw notFound();
      return cancelById(asker, newest.operation.id);
    },
  };
}

function notFound(): AppError {
  return new AppError({
    code: "operation_not_found",
    detail: "There is no such operation, or it is not yours, or it ended more than 24 hours ago.",
  });
}

function changedMeanwhile(): AppError {
  return new AppError({
    code: "storage_unavailable",
    detail: "The operation changed while it was being cancelled.",
    retryAfterSeconds: 1,
  });
}
