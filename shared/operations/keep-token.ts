// A user's Databricks token, sealed beside the operation that goes on without them (design §3.7). It is written before
// the record that needs it, so whoever finds another record there, or an ended one, takes it away again.

import { reread } from "./finish-operation.ts";
import type { Operation } from "./operation.ts";
import { isFinished } from "./operation-state.ts";
import type { Asker, OperationsDeps, Versioned } from "./ports.ts";

/** For a user question with a callback, and only then (design §3.7); true where the token was kept. */
export async function keepToken(
  { custody }: OperationsDeps,
  { databricksToken }: Asker,
  operation: Operation,
): Promise<boolean> {
  if (isFinished(operation) || operation.callback === null || operation.owner.kind !== "user")
    return false;
  await custody.keep(operation, await databricksToken());
  return true;
}

/** For a repeated ask, whose operation may end meanwhile. */
export async function keepTokenAgain(
  deps: OperationsDeps,
  asker: Asker,
  operation: Operation,
): Promise<void> {
  if (await keepToken(deps, asker, operation)) {
    await dropNeedlessToken(deps, await reread(deps, operation));
  }
}

/** The record under this id may be another request's without a callback, or have ended while the token was written. */
export async function dropNeedlessToken(
  { custody }: OperationsDeps,
  { operation }: Versioned,
): Promise<void> {
  if (isFinished(operation) || operation.callback === null) await custody.erase(operation.id);
}
