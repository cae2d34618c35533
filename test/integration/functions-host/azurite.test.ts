// Azurite as the local stand starts it.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QueueServiceClient } from "@azure/storage-queue";
import { expect } from "vitest";
import { startAzurite } from "../../../local/azurite.ts";
import { verifies } from "../../support/verifies.ts";

verifies(
  "local.azurite",
  "a folder and a key keep queues and connection string over a restart",
  async () => {
    const location = await mkdtemp(join(tmpdir(), "azurite-test-"));
    const accountKey = Buffer.from("any key").toString("base64");
    const first = await startAzurite({ location, accountKey });
    await QueueServiceClient.fromConnectionString(first.connectionString).createQueue("kept");
    await first.stop();

    const queuePort = Number(new URL(first.queueUrl).port);
    const second = await startAzurite({ location, accountKey, queuePort });
    const client = QueueServiceClient.fromConnectionString(first.connectionString);
    expect(await client.getQueueClient("kept").exists()).toBe(true);
    expect(second.queueUrl).toBe(first.queueUrl);
    await second.stop();
    await second.stop();
    await rm(location, { recursive: true, force: true });
  },
);

verifies(
  "local.azurite",
  "a port that is taken is an error that shows Azurite's words",
  async () => {
    const running = await startAzurite();
    const queuePort = Number(new URL(running.queueUrl).port);
    await expect(startAzurite({ queuePort })).rejects.toThrow(/EADDRINUSE/);
    await running.stop();
  },
);
