// An app of queue and timer functions mounted as the gateway mounts them. Its worker writes what it is asked to do,
// and fails for operations whose id says so.

import { QUEUES } from "../../../../shared/app/queue-names.ts";
import { mountQueue } from "../../../../shared/http/mount-queue.ts";
import { mountTimer } from "../../../../shared/http/mount-timer.ts";

const write = (what: string) => {
  process.stdout.write(`${what}\n`);
};
const worker = {
  poll: async (operationId: string) => {
    write(`poll ${operationId}`);
    if (operationId.startsWith("fails")) throw new Error("secret text");
  },
  revive: async (operationId: string) => write(`revive ${operationId}`),
  sweep: async () => write("sweep"),
};
const load = async () => worker;

mountQueue({ name: "poll", queue: QUEUES.poll }, load, ({ poll }, id) => poll(id));
mountQueue({ name: "poll-poison", queue: QUEUES.pollPoison }, load, ({ revive }, id) => revive(id));
mountTimer({ name: "sweep", schedule: "* * * * * *" }, load, ({ sweep }) => sweep());
