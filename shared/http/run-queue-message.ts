// One queue message: `{"operation_id": "…"}`, decoded by the host (functions-host.md §2, §5). What is not ours can
// only fail again, so it is completed, and its content is never logged (design §4).

import { OPERATION_ID } from "../contracts/path-parameters.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { type BackgroundRun, runInBackground } from "./run-in-background.ts";

const ownLogger = createJsonLogger(systemClock);

/**
 * @param message JSON arrives as a value, all else as text
 * @throws Error that names function and failure code, so that the message comes again
 */
export async function runQueueMessage(
  message: unknown,
  job: (operationId: string) => Promise<void>,
  run: BackgroundRun,
  logger = ownLogger,
): Promise<void> {
  const operationId = operationIdOf(message);
  if (operationId === undefined) {
    logger.warn("queue_message_not_ours", { function: run.name, request_id: run.invocationId });
    return;
  }
  await runInBackground(() => job(operationId), { ...run, operationId }, logger);
}

/** Other fields are let be: during an update a newer version may have written the message. */
function operationIdOf(message: unknown): string | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const id = "operation_id" in message ? message.operation_id : undefined;
  return typeof id === "string" && OPERATION_ID.test(id) ? id : undefined;
}
