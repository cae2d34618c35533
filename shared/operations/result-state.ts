// How the rows of a query attachment stand: there, still being prepared, or a refusal that says what to do.

import { AppError } from "../errors/app-error.ts";
import type { Genie, MessageRef, QueryResult } from "./genie.ts";

export type ReadyResult = Extract<QueryResult, { kind: "ready" }>;

/**
 * Undefined while the statement still runs.
 *
 * @throws AppError `result_expired`; the failure of the SQL; the failure of a message that will never have rows
 */
export async function readyResult(
  genie: Genie,
  ref: MessageRef,
  result: QueryResult,
): Promise<ReadyResult | undefined> {
  switch (result.kind) {
    case "ready":
      return result;
    case "expired":
      throw resultExpired();
    case "failed":
      throw new AppError(result.failure);
    case "pending":
      await refuseHopeless(genie, ref);
      return undefined;
  }
}

/** Databricks answers "too early" for a message that failed, too: whoever waited for its rows would wait for ever. */
async function refuseHopeless(genie: Genie, ref: MessageRef): Promise<void> {
  const { state } = await genie.getMessage(ref);
  if (state.kind === "failed") throw new AppError(state.failure);
  if (state.kind === "cancelled") {
    throw new AppError({
      code: "operation_cancelled",
      detail: "The question was cancelled before it had rows.",
      remedy: "Ask it again if you still want the answer.",
    });
  }
}

export function resultExpired(): AppError {
  return new AppError({
    code: "result_expired",
    detail: "Databricks no longer holds these rows.",
    remedy: "Run the SQL again with a POST to `links.rerun`, then read the rows again.",
  });
}
