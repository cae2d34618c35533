// Polls the queue of one function and runs it for each message, with the concurrency of the real extension: a
// new batch is fetched once no more than `newBatchThreshold` messages are in work.

import type { DequeuedMessageItem, QueueServiceClient } from "@azure/storage-queue";
import type { Clock } from "../../../shared/telemetry/clock.ts";
import type { QueueSettings } from "../host-json.ts";
import type { HostLog } from "../host-log.ts";
import { createPollDelay } from "./queue-poll-delay.ts";
import {
  createQueueProcessor,
  invisibilitySeconds,
  type QueueProcessorParts,
} from "./queue-processor.ts";

export interface QueueListenerParts {
  readonly service: QueueServiceClient;
  readonly queueName: string;
  readonly settings: QueueSettings;
  readonly run: QueueProcessorParts["run"];
  readonly log: HostLog;
  readonly clock: Clock;
}

/** Listens until the signal aborts. Messages in work are then left to their invisibility. */
export async function listenQueue(parts: QueueListenerParts, stop: AbortSignal): Promise<void> {
  const { service, queueName, settings, run, log, clock } = parts;
  const queue = service.getQueueClient(queueName);
  const poisonName = `${queueName}-poison`;
  const hasPoison = !queueName.endsWith("-poison") && poisonName.length <= 63;
  const poisonQueue = hasPoison ? service.getQueueClient(poisonName) : undefined;
  const process = createQueueProcessor({ queue, poisonQueue, settings, run, log });
  const delay = createPollDelay(settings.maxPollingIntervalMs);
  const inWork = new Set<Promise<void>>();

  const receive = async (): Promise<DequeuedMessageItem[]> => {
    try {
      const batch = await queue.receiveMessages({
        numberOfMessages: settings.batchSize,
        visibilityTimeout: invisibilitySeconds,
        abortSignal: stop,
      });
      return batch.receivedMessageItems;
    } catch (error) {
      // A missing queue is an empty one: the host does not create trigger queues.
      if (!stop.aborted && !isMissingQueue(error)) {
        log("warning", `Queue '${queueName}' cannot be read: ${nameOf(error)}`);
      }
      return [];
    }
  };

  while (!stop.aborted) {
    const messages = await receive();
    for (const message of messages) {
      const work = process(message)
        .catch((error: unknown) => {
          log("error", `A message of queue '${queueName}' cannot be settled: ${nameOf(error)}`);
        })
        .finally(() => inWork.delete(work));
      inWork.add(work);
    }
    if (messages.length === 0) {
      await clock.sleep(delay.afterEmpty(), stop).catch(() => {});
    } else {
      delay.reset();
      await roomForBatch(inWork, settings.newBatchThreshold, stop);
    }
  }
}

async function roomForBatch(
  inWork: ReadonlySet<Promise<void>>,
  threshold: number,
  stop: AbortSignal,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
  while (inWork.size > threshold && !stop.aborted) {
    await Promise.race([...inWork, stopped]);
  }
}

function isMissingQueue(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && error.statusCode === 404;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
