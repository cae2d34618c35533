// The work queues in Queue storage: a message makes a worker look again at one operation (design §4). It holds the
// operation's id and the trace it belongs to, nothing else; its time is the message's visibility.

import type { WorkQueue } from "../operations/ports.ts";
import { storageCall } from "./storage-call.ts";
import type { StorageClients } from "./storage-clients.ts";
import { CALLBACKS_QUEUE, POLL_QUEUE } from "./storage-names.ts";

/** Azure's bound on how long a message stays invisible. */
const LONGEST_DELAY_S = 7 * 24 * 3600;
/** A message must outlive its own delay. What nobody takes for a day the sweeper has long replaced. */
const READABLE_FOR_S = 24 * 3600;

export function createQueueWorkQueue(clients: StorageClients): WorkQueue {
  const schedule = async (queueName: string, message: string, delayMs: number) => {
    const queue = await clients.queue(queueName);
    const visibilityTimeout = wholeSeconds(delayMs);
    const messageTimeToLive = visibilityTimeout + READABLE_FOR_S;
    await storageCall(() => queue.sendMessage(message, { visibilityTimeout, messageTimeToLive }));
  };
  return {
    schedulePoll: (operationId, delayMs, traceparent) =>
      schedule(POLL_QUEUE, messageOf(operationId, traceparent), delayMs),
    scheduleCallback: (operationId, delayMs, traceparent) =>
      schedule(CALLBACKS_QUEUE, messageOf(operationId, traceparent), delayMs),
  };
}

/** Base64 is what the host decodes; plain JSON would end in the poison queue unseen (functions-host.md §5.1). */
function messageOf(operationId: string, traceparent: string | null | undefined): string {
  const trace = traceparent ? { traceparent } : {};
  return Buffer.from(JSON.stringify({ operation_id: operationId, ...trace })).toString("base64");
}

/** Rounded up, so that nothing comes before its time. */
function wholeSeconds(delayMs: number): number {
  return delayMs > 0 ? Math.min(Math.ceil(delayMs / 1_000), LONGEST_DELAY_S) : 0;
}
