// How long the oldest message has been in each poison queue: their functions take one within seconds, so one that stays is
// one the host cannot decode, or they do not run. Looks only while telemetry is recorded, and takes no message.

import type { Clock } from "../telemetry/clock.ts";
import { measure } from "../telemetry/measure.ts";
import { recording } from "../telemetry/sink.ts";
import { storageCall } from "./storage-call.ts";
import type { StorageClients } from "./storage-clients.ts";
import { CALLBACKS_POISON_QUEUE, POLL_POISON_QUEUE } from "./storage-names.ts";

/** @throws AppError `storage_unavailable` */
export function createPoisonWatch(
  clients: Pick<StorageClients, "queue">,
  clock: Clock,
): () => Promise<void> {
  const look = async (name: string): Promise<void> => {
    const queue = await clients.queue(name);
    const { peekedMessageItems } = await storageCall(() => queue.peekMessages());
    const [oldest] = peekedMessageItems;
    if (oldest === undefined) return;
    const seconds = (clock.now() - oldest.insertedOn.getTime()) / 1_000;
    measure("genie.poison.oldest_age", Math.max(0, seconds), { queue: name });
  };
  return async () => {
    if (recording() === undefined) return;
    await Promise.all([POLL_POISON_QUEUE, CALLBACKS_POISON_QUEUE].map(look));
  };
}
