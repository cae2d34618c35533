// Registers a queue-triggered function. On the start-up path: everything a message needs is imported with the
// first message. It decides neither when a message comes again nor what it means.

import { app } from "@azure/functions";

export interface QueueTrigger {
  /** The function's name. */
  readonly name: string;
  readonly queue: string;
}

/** The host's own storage account: connection string or identity-based settings (functions-host.md §10). */
const CONNECTION = "AzureWebJobsStorage";

/**
 * Runs `handle` for each message of the queue, with the operation that it names. A message may come twice, and in
 * any order. A rejection of `load` or `handle` fails the message: the host brings it again (host.json).
 */
export function mountQueue<Worker>(
  { name, queue }: QueueTrigger,
  load: () => Promise<Worker>,
  handle: (worker: Worker, operationId: string, traceparent?: string) => Promise<void>,
): void {
  app.storageQueue(name, {
    queueName: queue,
    connection: CONNECTION,
    handler: async (message, { invocationId }) => {
      const { runQueueMessage } = await import("./run-queue-message.ts");
      const job = async (operationId: string, traceparent?: string) =>
        handle(await load(), operationId, traceparent);
      await runQueueMessage(message, job, { name, queue, invocationId });
    },
  });
}
