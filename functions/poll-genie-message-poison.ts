// A poll that failed too often: scheduled again, because nothing but the deadline ends an operation (design §4).

import { loadWorker } from "../shared/app/gateway.ts";
import { QUEUES } from "../shared/app/queue-names.ts";
import { mountQueue } from "../shared/http/mount-queue.ts";

mountQueue(
  { name: "poll-genie-message-poison", queue: QUEUES.pollPoison },
  loadWorker,
  (worker, operationId) => worker.revivePoisonPoll(operationId),
);
