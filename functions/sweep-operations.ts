// Every minute: revives operations and callbacks whose message was lost, and deletes expired records (design §4).

import { loadWorker } from "../shared/app/gateway.ts";
import { mountTimer } from "../shared/http/mount-timer.ts";

mountTimer({ name: "sweep-operations", schedule: "0 * * * * *" }, loadWorker, (worker) =>
  worker.sweep(),
);
