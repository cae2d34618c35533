// Runs what no caller waits for. A failure is told to the host by its code alone: the host logs what it is thrown,
// with message and stack, and these may hold upstream text (threat model T9).

import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { toFailure } from "./to-failure.ts";

/** Its own, so that a run can be logged while the app cannot be composed. */
const ownLogger = createJsonLogger(systemClock);

export interface BackgroundRun {
  /** Name of the function. */
  readonly name: string;
  /** The host's id of this run. */
  readonly invocationId: string;
  readonly operationId?: string;
}

/** @throws Error that names function and failure code, and nothing else. */
export async function runInBackground(
  job: () => Promise<void>,
  { name, invocationId, operationId }: BackgroundRun,
  logger = ownLogger,
): Promise<void> {
  const code = await job().then(
    () => undefined,
    (error: unknown) => toFailure(error, logger, invocationId).code,
  );
  if (code === undefined) return;
  const ids = { request_id: invocationId, operation_id: operationId };
  logger.warn("run_failed", { function: name, ...ids, code });
  throw new Error(`${name} failed: ${code}`);
}
