// Queue and timer functions in the development host against a real Azurite: what is ours is run, what fails comes
// again and ends at the poison function, what is not ours is completed.

import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { type Azurite, startAzurite } from "../../../local/azurite.ts";
import {
  type FunctionsHost,
  startFunctionsHost,
} from "../../../local/functions-host/start-functions-host.ts";
import { POLL_QUEUE } from "../../../shared/stores/storage-names.ts";
import { verifies } from "../../support/verifies.ts";

let azurite: Azurite;
let host: FunctionsHost;

beforeAll(async () => {
  azurite = await startAzurite();
  await pollQueue().create();
  host = await startFunctionsHost({
    appFolder: `${import.meta.dirname}/trigger-app`,
    env: { AzureWebJobsStorage: azurite.connectionString },
  });
});

afterAll(async () => {
  await host?.stop();
  await azurite?.stop();
});

const pollQueue = () =>
  QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient(POLL_QUEUE);
const send = (text: string) => pollQueue().sendMessage(Buffer.from(text).toString("base64"));
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 50 });
const count = (text: string) => host.output().split(text).length - 1;

verifies("http.queue-messages", "a message runs its operation and is gone", async () => {
  await send('{"operation_id":"runs-00000000000000001"}');
  await eventually(() => expect(count("poll runs-00000000000000001\n")).toBe(1));
  await eventually(async () => {
    expect((await pollQueue().getProperties()).approximateMessagesCount).toBe(0);
  });
});

verifies("http.queue-messages", "one that fails comes again, then goes to poison", async () => {
  await send('{"operation_id":"fails-0000000000000001"}');
  await eventually(() => expect(count("revive fails-0000000000000001\n")).toBe(1));
  expect(count("poll fails-0000000000000001\n")).toBe(2);
  expect(host.output()).toContain("poll failed: internal_error");
  expect(host.output()).not.toContain("secret text");
});

verifies("http.queue-messages", "what is not ours is completed, its content unseen", async () => {
  await send('{"operation_id":"zq7marker"}');
  await send("zq7marker");
  await send('["zq7marker"]');
  await eventually(() => expect(count("queue_message_not_ours")).toBe(3));
  expect(host.output()).not.toContain("zq7marker");
  expect(count("revive zq7")).toBe(0);
});

verifies("http.triggers", "a timer runs by its schedule", async () => {
  await eventually(() => expect(count("sweep\n")).toBeGreaterThan(1));
});
