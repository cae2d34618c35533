// One step of an operation that nobody waits for: at most one look at Genie, and the next message (design §4).

import { loadWorker } from "../shared/app/gateway.ts";
import { QUEUES } from "../shared/app/queue-names.ts";
import { mountQueue } from "../shared/http/mount-queue.ts";

mountQueue({ name: "poll-genie-message", queue: QUEUES.poll }, loadWorker, (worker, operationId) =>
  worker.pollGenieMessage(operationId),
);
