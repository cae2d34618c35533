// Several workers behind the front, and a storage that comes back: the parts of the stand that the chaos tests use.

import { join } from "node:path";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { createCertificates } from "../../../local/certificates.ts";
import { startStandStorage } from "../../../local/stand/stand-storage.ts";
import { startWorkers, type Workers } from "../../../local/stand/start-workers.ts";
import { verifies } from "../../support/verifies.ts";

const appFolder = join(import.meta.dirname, "../../support/functions-host/streamed-app");
let running: Workers;
let output = "";

beforeAll(async () => {
  const { caPem } = await createCertificates();
  running = await startWorkers({
    appFolder,
    workers: 2,
    settings: { GIVEN: "yes" },
    trustedCa: caPem,
    onOutput: (text) => {
      output += text;
    },
  });
});
afterAll(() => running.close());

/** Which of the workers answers, told by its own port. */
async function whoAnswers(): Promise<string> {
  const reply = await fetch(`${running.url}/api/settings`);
  const { host } = (await reply.json()) as { host: string };
  return host;
}

verifies("chaos.workers", "all workers take part, with the same settings and keys", async () => {
  expect(await whoAnswers()).not.toBe(await whoAnswers());
  const [first, second] = running.workers;
  expect(second?.host.keys).toEqual(first.host.keys);
  expect(running.settings).toEqual({ GIVEN: "yes", PUBLIC_BASE_URL: running.url });
});

verifies("chaos.workers", "while one is killed the other answers, until it is back", async () => {
  const [first] = running.workers;
  const { url } = first.host;
  await first.kill();
  expect(first.isRunning).toBe(false);
  expect(await whoAnswers()).toBe(await whoAnswers());
  await first.restart();
  expect(first.host.url).toBe(url);
  expect(await whoAnswers()).not.toBe(await whoAnswers());
});

verifies("chaos.workers", "one that ends by itself is started again", async () => {
  const [first] = running.workers;
  const before = first.host;
  await before.kill(); // not by the worker's own method: as if it had crashed
  await vi.waitFor(() => expect(first.isRunning && first.host !== before).toBe(true), 10_000);
  expect(output).toContain("is started again");
  expect(await whoAnswers()).not.toBe(await whoAnswers());
});

verifies("chaos.storage-returns", "its data and its address outlive a stop", async () => {
  const storage = await startStandStorage({ outlivesStop: true });
  try {
    const client = QueueServiceClient.fromConnectionString(storage.connectionString, {
      retryOptions: { maxTries: 1 },
    });
    await client.createQueue("kept");
    await client.getQueueClient("kept").sendMessage("a message");
    await storage.stop();
    await expect(client.getQueueClient("kept").exists()).rejects.toThrow(/ECONNREFUSED/);
    await storage.start();
    const { receivedMessageItems } = await client.getQueueClient("kept").receiveMessages();
    expect(receivedMessageItems.map(({ messageText }) => messageText)).toEqual(["a message"]);
  } finally {
    await storage.close();
  }
});
