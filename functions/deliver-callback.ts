// One try to tell a caller's callback URL of the end of its operation (design §3.7).

import { loadWorker } from "../shared/app/gateway.ts";
import { QUEUES } from "../shared/app/queue-names.ts";
import { mountQueue } from "../shared/http/mount-queue.ts";

mountQueue(
  { name: "deliver-callback", queue: QUEUES.callbacks },
  loadWorker,
  (worker, operationId) => worker.deliverCallback(operationId),
);
