// What happens to one queue message (`QueueProcessor.cs` of the queue extension): decode, run, then delete it,
// make it visible again, or move it to the poison queue. Delivery is at least once; nothing is ordered.

import type { DequeuedMessageItem, QueueClient } from "@azure/storage-queue";
import { systemClock } from "../../../shared/telemetry/clock.ts";
import type { QueueSettings } from "../host-json.ts";
import type { HostLog } from "../host-log.ts";
import type { RpcTypedData } from "../worker/core-contract.ts";
import { decodeMessage, encodeMessage } from "./queue-encoding.ts";

/** A received message stays hidden this long, renewed at half time while its function runs. */
export const invisibilitySeconds = 600;

export interface QueueProcessorParts {
  readonly queue: QueueClient;
  /** Undefined where the host keeps none: the name ends in `-poison` or would get too long. */
  readonly poisonQueue: QueueClient | undefined;
  readonly settings: QueueSettings;
  /** Runs the function; rejects when it failed. */
  readonly run: (text: string, metadata: Record<string, RpcTypedData>) => Promise<void>;
  readonly log: HostLog;
}

/** Handles one message to its end. Rejects only when the storage account cannot be reached. */
export function createQueueProcessor(parts: QueueProcessorParts) {
  const { queue, settings, run, log } = parts;
  return async (message: DequeuedMessageItem): Promise<void> => {
    const text = decodeMessage(message.messageText, settings.messageEncoding);
    if (text === undefined || message.dequeueCount > settings.maxDequeueCount) {
      await moveToPoison(parts, message, message.popReceipt);
      return;
    }
    const lease = keepHidden(queue, message);
    try {
      await run(text, triggerMetadata(message, text));
    } catch {
      const popReceipt = await lease.end();
      if (message.dequeueCount >= settings.maxDequeueCount) {
        await moveToPoison(parts, message, popReceipt);
      } else {
        const seconds = Math.round(settings.visibilityTimeoutMs / 1000);
        await queue.updateMessage(message.messageId, popReceipt, message.messageText, seconds);
      }
      return;
    }
    const popReceipt = await lease.end();
    await queue.deleteMessage(message.messageId, popReceipt);
    log("debug", `Message ${message.messageId} of '${queue.name}' is done`);
  };
}

async function moveToPoison(
  { queue, poisonQueue, settings, log }: QueueProcessorParts,
  message: DequeuedMessageItem,
  popReceipt: string,
): Promise<void> {
  if (poisonQueue === undefined) {
    return;
  }
  await poisonQueue.createIfNotExists();
  const text = decodeMessage(message.messageText, settings.messageEncoding);
  await poisonQueue.sendMessage(
    text === undefined ? message.messageText : encodeMessage(text, settings.messageEncoding),
  );
  await queue.deleteMessage(message.messageId, popReceipt);
  log(
    "warning",
    `Message has reached MaxDequeueCount of ${settings.maxDequeueCount} or cannot be decoded. Moving message to queue '${poisonQueue.name}'.`,
  );
}

// A message's pop receipt changes with each renewal; only the newest may delete it.
function keepHidden(queue: QueueClient, message: DequeuedMessageItem) {
  const stop = new AbortController();
  let popReceipt = message.popReceipt;
  const renewing = (async () => {
    for (;;) {
      await systemClock.sleep((invisibilitySeconds / 2) * 1000, stop.signal);
      const { messageId, messageText } = message;
      const renewed = await queue.updateMessage(
        messageId,
        popReceipt,
        messageText,
        invisibilitySeconds,
      );
      popReceipt = renewed.popReceipt ?? popReceipt;
    }
  })().catch(() => {
    // Ended, or the renewal failed: then the message comes back by itself, as in Azure.
  });
  return {
    async end(): Promise<string> {
      stop.abort();
      await renewing;
      return popReceipt;
    },
  };
}

function triggerMetadata(message: DequeuedMessageItem, text: string): Record<string, RpcTypedData> {
  const date = (value: Date): RpcTypedData => ({ json: JSON.stringify(value) });
  return {
    ...bodyFields(text),
    QueueTrigger: { string: text },
    Id: { string: message.messageId },
    PopReceipt: { string: message.popReceipt },
    DequeueCount: { json: String(message.dequeueCount) },
    InsertionTime: date(message.insertedOn),
    ExpirationTime: date(message.expiresOn),
    NextVisibleTime: date(message.nextVisibleOn),
  };
}

function bodyFields(text: string): Record<string, RpcTypedData> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null && !Array.isArray(body)
      ? Object.fromEntries(
          Object.entries(body).map(([name, value]) => [
            name,
            typeof value === "string" ? { string: value } : { json: JSON.stringify(value) },
          ]),
        )
      : {};
  } catch {
    return {};
  }
}
