// When the Functions host hands out a queue message: it asks the queue, and after each empty answer waits longer, up
// to the `maxPollingInterval` of host.json. An operation alone in the app is the worst case: nothing shortens the wait.

import type { Random } from "../../local/databricks/seeded-random.ts";
import { createPollDelay } from "../../local/functions-host/queues/queue-poll-delay.ts";

/** host.json */
const MAX_POLLING_INTERVAL_MS = 2_000;

export interface QueueHost {
  /** Epoch ms at which a message that is visible from `dueAt` on reaches its function. */
  receivedAt(dueAt: number): number;
}

/** A host that has had nothing to do for long. */
export function createQueueHost(random: Random): QueueHost {
  let last: number | undefined;
  return {
    receivedAt: (dueAt) => {
      const idle = last === undefined;
      let at = last ?? dueAt + random() * MAX_POLLING_INTERVAL_MS;
      const delay = createPollDelay(MAX_POLLING_INTERVAL_MS, random);
      while (!idle && at < dueAt) at += delay.afterEmpty();
      last = at;
      return at;
    },
  };
}
