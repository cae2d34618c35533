// One queue message: `{"operation_id": "…", "traceparent": "…"}`, decoded by the host (functions-host.md §2, §5). What is not ours can
// only fail again, so it is completed, and its content is never logged (design §4).

import { OPERATION_ID } from "../contracts/path-parameters.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { inSpan } from "../telemetry/spans.ts";
import { readTraceparent } from "../telemetry/traceparent.ts";
import { type BackgroundRun, runInBackground } from "./run-in-background.ts";

const ownLogger = createJsonLogger(systemClock);

export interface QueueRun extends BackgroundRun {
  readonly queue: string;
}

/**
 * @param message JSON arrives as a value, all else as text
 * @throws Error that names function and failure code, so that the message comes again
 */
export async function runQueueMessage(
  message: unknown,
  job: (operationId: string, traceparent?: string) => Promise<void>,
  run: QueueRun,
  logger = ownLogger,
): Promise<void> {
  const operationId = operationIdOf(message);
  if (operationId === undefined) {
    logger.warn("queue_message_not_ours", { function: run.name, request_id: run.invocationId });
    return;
  }
  const traceparent = traceparentOf(message);
  const start = {
    name: run.name,
    kind: "consumer",
    // The operation's trace, not the one that the host begins for each message (docs/adr/0018).
    parent: traceparent,
    attributes: {
      "genie.operation.id": operationId,
      "messaging.system": "azure_queue_storage",
      "messaging.destination.name": run.queue,
      "faas.invocation_id": run.invocationId,
    },
  } as const;
  await inSpan(start, () =>
    runInBackground(() => job(operationId, traceparent), { ...run, operationId }, logger),
  );
}

/** A message of a version before this one has none, and any other value counts as none. */
function traceparentOf(message: unknown): string | undefined {
  if (typeof message !== "object" || message === null || !("traceparent" in message)) return;
  const { traceparent } = message;
  return typeof traceparent === "string" && readTraceparent(traceparent) ? traceparent : undefined;
}

/** Other fields are let be: during an update a newer version may have written the message. */
function operationIdOf(message: unknown): string | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const id = "operation_id" in message ? message.operation_id : undefined;
  return typeof id === "string" && OPERATION_ID.test(id) ? id : undefined;
}
