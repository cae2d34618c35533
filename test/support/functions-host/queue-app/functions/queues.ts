// Queue functions: one that works, one that always fails, and an HTTP function with queue outputs.

import { app, output } from "@azure/functions";

app.storageQueue("works", {
  queueName: "%WORK_QUEUE%",
  connection: "AzureWebJobsStorage",
  handler: (message, context) => {
    const { dequeueCount, queueTrigger, item } = context.triggerMetadata ?? {};
    context.log(`works ${JSON.stringify({ message, dequeueCount, queueTrigger, item })}`);
  },
});

app.storageQueue("fails", {
  queueName: "failing",
  connection: "AzureWebJobsStorage",
  handler: (_message, context) => {
    context.log(`fails, try ${context.triggerMetadata?.dequeueCount}`);
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
