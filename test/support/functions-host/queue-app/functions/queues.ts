// Queue functions: one that works, one that always fails, and an HTTP function with queue outputs.

import { app, output } from "@azure/functions";

app.storageQueue("works", {
  queueName: "%WORK_QUEUE%",
  connection: "AzureWebJobsStorage",
  handler: (_message, context) => {
    const { dequeueCount, queueTrigger } = context.triggerMetadata ?? {};
  },
});

app.storageQueue("fails", {
  queueName: "failing",
  connection: "AzureWebJobsStorage",
  handler: (_message, _context) => {
    throw new Error("thrown on purpose");
  },
});

const work = output.storageQueue({ queueName: "work", connection: "AzureWebJobsStorage" });

app.http("enqueue", {
  methods: ["POST"],
  route: "enqueue",
  extraOutputs: [work],
  handler: (_request, context) => {
    context.extraOutputs.set(work, [{ item: 1 }, { item: 2 }]);
    return { status: 202 };
  },
});
