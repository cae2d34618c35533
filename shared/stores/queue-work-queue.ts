// The work queues in Queue storage: a message makes a worker look again at one operation (design §4). It holds the
// operation's id and nothing else; its time is the message's visibility.

import type { WorkQueue } from "../operations/ports.ts";
import { storageCall } from "./storage-call.ts";
import type { StorageClients } from "./storage-clients.ts";
import { CALLBACKS_QUEUE, POLL_QUEUE } from "./storage-names.ts";

/** Azure's bound on how long a message stays invisible. */
const LONGEST_DELAY_S = 7 * 24 * 3600;
/** A message must outlive its own delay. What nobody takes for a day the sweeper has long replaced. */
const READABLE_FOR_S = 24 * 3600;

export function createQueueWorkQueue(clients: StorageClients): WorkQueue {
  const schedule = async (queueName: string, operationId: string, delayMs: number) => {
    const queue = await clients.queue(queueName);
    const visibilityTimeout = wholeSeconds(delayMs);
    const messageTimeToLive = visibilityTimeout + READABLE_FOR_S;
    await storageCall(() =>
      queue.sendMessage(messageOf(operationId), { visibilityTimeout, messageTimeToLive }),
    );
  };
  return {
    schedulePoll: (operationId, delayMs) => schedule(POLL_QUEUE, operationId, delayMs),
    scheduleCallback: (operationId, delayMs) => schedule(CALLBACKS_QUEUE, operationId, delayMs),
  };
}

/** Base64 is what the host decodes; plain JSON would end in the poison queue unseen (functions-host.md §5.1). */
function messageOf(operationId: string): string {
  return Buffer.from(JSON.stringify({ operation_id: operationId })).toString("base64");
}

/** Rounded up, so that nothing comes before its time. */
function wholeSeconds(delayMs: number): number {
  return delayMs > 0 ? Math.min(Math.ceil(delayMs / 1_000), LONGEST_DELAY_S) : 0;
}
