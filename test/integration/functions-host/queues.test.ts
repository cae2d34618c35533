// Queue functions in the development host against a real Azurite: delivery, retries, poison queue, outputs.

import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { type Azurite, startAzurite } from "../../../local/azurite.ts";
import type { FunctionsHost } from "../../../local/functions-host/start-functions-host.ts";
import { startFixture } from "../../support/functions-host/use-host.ts";
import { verifies } from "../../support/verifies.ts";

let azurite: Azurite;
let host: FunctionsHost;
let queues: QueueServiceClient;

beforeAll(async () => {
  azurite = await startAzurite();
  queues = QueueServiceClient.fromConnectionString(azurite.connectionString);
  await queues.createQueue("failing");
  await queues.createQueue("work");
  host = await startFixture("queue-app", {
    env: {
      AzureWebJobsStorage: azurite.connectionString,
      WORK_QUEUE: "work",
      AzureFunctionsJobHost__extensions__queues__maxDequeueCount: "3",
      AzureFunctionsJobHost__extensions__queues__maxPollingInterval: "00:00:00.200",
    },
  });
});

afterAll(async () => {
  await host?.stop();
  await azurite?.stop();
});

const base64 = (text: string) => Buffer.from(text).toString("base64");
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 50 });

async function peek(queue: string): Promise<string[]> {
  const { peekedMessageItems } = await queues
    .getQueueClient(queue)
    .peekMessages({ numberOfMessages: 32 });
  return peekedMessageItems.map(({ messageText }) => messageText);
}

verifies("local.host-queues", "a JSON message arrives as an object with its metadata", async () => {
  await queues.getQueueClient("work").sendMessage(base64('{"item":"sent"}'));
  await eventually(() =>
    expect(host.output()).toContain(
      'works {"message":{"item":"sent"},"dequeueCount":1,"queueTrigger":{"item":"sent"},"item":"sent"}',
    ),
  );
});

verifies("local.host-queues", "a handled message is deleted", async () => {
  await queues.getQueueClient("work").sendMessage(base64("handled text"));
  await eventually(() => expect(host.output()).toContain('works {"message":"handled text"'));
  await eventually(async () => {
    const properties = await queues.getQueueClient("work").getProperties();
    expect(properties.approximateMessagesCount).toBe(0);
  });
});

verifies("local.host-queues", "a failing message is tried three times, then poisoned", async () => {
  await queues.getQueueClient("failing").sendMessage(base64("fails always"));
  await eventually(async () =>
    expect(await peek("failing-poison")).toEqual([base64("fails always")]),
  );
  expect(host.output().match(/fails, try \d/g)).toEqual([
    "fails, try 1",
    "fails, try 2",
    "fails, try 3",
  ]);
  // The host deletes the original once its copy is in the poison queue.
  await eventually(async () => {
    const properties = await queues.getQueueClient("failing").getProperties();
    expect(properties.approximateMessagesCount).toBe(0);
  });
});

verifies(
  "local.host-queues",
  "text that is not base64 goes to the poison queue unseen",
  async () => {
    await queues.getQueueClient("work").sendMessage('{"plain":true}');
    await eventually(async () => expect(await peek("work-poison")).toEqual(['{"plain":true}']));
    expect(host.output()).not.toContain("plain");
  },
);

verifies("local.host-queues", "a message with a delay is not seen before its time", async () => {
  await queues.getQueueClient("work").sendMessage(base64("later"), { visibilityTimeout: 1 });
  const sent = Date.now();
  await eventually(() => expect(host.output()).toContain('works {"message":"later"'));
  expect(Date.now() - sent).toBeGreaterThan(500);
});

verifies("local.host-queues", "an array output becomes one message per element", async () => {
  const answer = await fetch(`${host.url}/api/enqueue`, { method: "POST" });
  expect(answer.status).toBe(202);
  for (const item of [1, 2]) {
    await eventually(() => expect(host.output()).toContain(`works {"message":{"item":${item}}`));
  }
});

verifies("local.host-queues", "a failing output fails the invocation", async () => {
  const wrongKey = `AccountKey=${base64("another key")}`;
  const own = await startFixture("queue-app", {
    env: {
      AzureWebJobsStorage: azurite.connectionString.replace(/AccountKey=[^;]+/, wrongKey),
      WORK_QUEUE: "work",
    },
  });
  const answer = await fetch(`${own.url}/api/enqueue`, { method: "POST" });
  expect(answer.status).toBe(500);
  await own.stop();
});

verifies(
  "local.host-loading",
  "a placeholder that does not resolve puts its function in error",
  async () => {
    const own = await startFixture("queue-app", {
      env: { AzureWebJobsStorage: azurite.connectionString },
    });
    const [, , works] = own.functions;
    expect(works).toMatchObject({ name: "works", error: expect.stringContaining("%WORK_QUEUE%") });
    await own.stop();
  },
);

verifies(
  "local.host-loading",
  "a missing storage connection is named and stops nothing else",
  async () => {
    const own = await startFixture("queue-app", { env: { WORK_QUEUE: "work" } });
    await eventually(() =>
      expect(own.output()).toContain("The storage connection 'AzureWebJobsStorage' is not set"),
    );
    expect((await fetch(`${own.url}/api/unknown`)).status).toBe(404);
    await own.stop();
  },
);
