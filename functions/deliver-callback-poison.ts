// A delivery that failed before it could be tried: scheduled again; only its own six tries end it (design §3.7, §4).

import { loadWorker } from "../shared/app/gateway.ts";
import { QUEUES } from "../shared/app/queue-names.ts";
import { mountQueue } from "../shared/http/mount-queue.ts";

mountQueue(
  { name: "deliver-callback-poison", queue: QUEUES.callbacksPoison },
  loadWorker,
  (worker, operationId, traceparent) => worker.revivePoisonCallback(operationId, traceparent),
);
