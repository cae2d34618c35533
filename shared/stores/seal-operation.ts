// The two secrets of an operation, sealed before it is written and opened after it is read (design §1.1): the
// question, and the callback URL. Bound to operation, owner and expiry, so that no row can be given another's.

import type { Callback, Operation } from "../operations/operation.ts";
import { ownerKey } from "../operations/owner.ts";
import type { SealContext, Sealing } from "../sealing/sealing.ts";
import { storedTime } from "./operation-columns.ts";

type Turn = (text: string, context: SealContext) => Promise<string>;

/** @throws AppError `service_credential_problem` */
export function sealOperation(sealing: Sealing, operation: Operation): Promise<Operation> {
  return withSecrets(operation, sealing.seal);
}

/** @throws SealRefused; AppError `service_credential_problem` */
export function openOperation(sealing: Sealing, operation: Operation): Promise<Operation> {
  return withSecrets(operation, sealing.open);
}

async function withSecrets(operation: Operation, turn: Turn): Promise<Operation> {
  const callback = await withUrl(operation, turn);
  if (operation.status !== "queued") return { ...operation, callback };
  const question = await turn(operation.question, bindingOf(operation, "question"));
  return { ...operation, callback, question };
}

/** The URL of a callback that is over is not stored, so there is nothing to open. */
async function withUrl(operation: Operation, turn: Turn): Promise<Callback | null> {
  const { callback } = operation;
  if (callback?.outcome !== "open") return callback;
  return { ...callback, url: await turn(callback.url, bindingOf(operation, "callback-url")) };
}

function bindingOf(operation: Operation, purpose: string): SealContext {
  return {
    purpose,
    operation: operation.id,
    owner: ownerKey(operation.owner),
    expiresAt: storedTime(operation.expiresAt),
  };
}
