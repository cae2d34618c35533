// The queues that functions/ listens to, which may not import stores. On the start-up path: constants alone.

import {
  CALLBACKS_POISON_QUEUE,
  CALLBACKS_QUEUE,
  POLL_POISON_QUEUE,
  POLL_QUEUE,
} from "../stores/storage-names.ts";

export const QUEUES = {
  poll: POLL_QUEUE,
  /** Where the host puts what failed too often; likewise below. */
  pollPoison: POLL_POISON_QUEUE,
  callbacks: CALLBACKS_QUEUE,
  callbacksPoison: CALLBACKS_POISON_QUEUE,
} as const;
