// The work queues in real Queue storage and the token custody in real Table storage (Azurite).

import { describe, expect, test } from "vitest";
import type { Operation } from "../../../shared/operations/operation.ts";
import { createQueueWorkQueue } from "../../../shared/stores/queue-work-queue.ts";
import { createTableTokenCustody } from "../../../shared/stores/table-token-custody.ts";
import { aCallback, aRunningOperation } from "../../support/an-operation.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import { startOperationWorker } from "./operation-worker.ts";
import { useStorageStand } from "./use-storage-stand.ts";

const stand = useStorageStand();
const TRACE = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;

describe("a work message", () => {
  verifies(
    "storage.queues",
    "holds the operation's id and its trace alone, in base64",
    async () => {
      for (const name of ["genie-poll", "genie-callbacks"]) {
        await (await stand().newClients().queue(name)).clearMessages();
      }
      const work = createQueueWorkQueue(stand().newClients());
      await work.schedulePoll("operation-1", 0);
      await work.scheduleCallback("operation-2", -5, TRACE);
      await work.schedulePoll("operation-3", 0, null);
      const messages = await Promise.all(
        ["genie-poll", "genie-callbacks"].map(async (name) => {
          const queue = await stand().newClients().queue(name);
          const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
          return receivedMessageItems.map(({ messageText }) =>
            JSON.parse(Buffer.from(messageText, "base64").toString()),
          );
        }),
      );
      expect(messages).toEqual([
        [{ operation_id: "operation-1" }, { operation_id: "operation-3" }],
        [{ operation_id: "operation-2", traceparent: TRACE }],
      ]);
    },
  );

  verifies(
    "storage.queues",
    "is due when it was planned, never before, and outlives its delay",
    async () => {
      const work = createQueueWorkQueue(stand().newClients());
      const queue = await stand().newClients().queue("genie-poll");
      await queue.clearMessages();
      const sent: { visible: number; gone: number }[] = [];
      for (const delayMs of [1, 1_000, 1_001, 90_000, 7 * 86_400_000, Number.POSITIVE_INFINITY]) {
        stand().queues.reset();
        await work.schedulePoll("operation-1", delayMs);
        const query = new URL(stand().queues.calls.at(-1)?.path ?? "", stand().queues.url)
          .searchParams;
        sent.push({
          visible: Number(query.get("visibilitytimeout")),
          gone: Number(query.get("messagettl")),
        });
      }
      const week = 7 * 86_400;
      expect(sent.map(({ visible }) => visible)).toEqual([1, 1, 2, 90, week, week]);
      for (const { visible, gone } of sent) expect(gone - visible).toBeGreaterThanOrEqual(3_600);
      const { receivedMessageItems } = await queue.receiveMessages();
      expect(receivedMessageItems).toEqual([]);
    },
  );

  test("a delay that is no number means now", async () => {
    await createQueueWorkQueue(stand().newClients()).schedulePoll("operation-1", Number.NaN);
  });
});

describe("a kept token", () => {
  const clock = createVirtualClock();
  const TOKEN = "eyJhbGciOiJSUzI1NiJ9.databricks-token.signature";
  const aCustody = (audience = "databricks") =>
    createTableTokenCustody({ ...stand(), clients: stand().newClients(), audience, clock });
  const anOperation = (overrides: Partial<Operation> = {}): Operation => ({
    ...aRunningOperation({ callback: aCallback() }),
    ...(overrides as object),
  });
  const keep = async (expiresInMs = 60_000) => {
    const operation = anOperation();
    await aCustody().keep(operation, { token: TOKEN, expiresAt: clock.now() + expiresInMs });
    return operation;
  };

  verifies(
    "storage.custody",
    "opens for its operation until half a minute before it expires",
    async () => {
      const operation = await keep();
      expect(await aCustody().open(operation)).toBe(TOKEN);
      clock.advance(29_999);
      expect(await aCustody().open(operation)).toBe(TOKEN);
      clock.advance(1);
      expect(await aCustody().open(operation)).toBeUndefined();
      expect(await stand().rawRows("GenieOperations")).not.toContain(operation.id);
    },
  );

  verifies("storage.sealed", "is in no row in the clear", async () => {
    const operation = await keep();
    const rows = await stand().rawRows("GenieOperations");
    expect(rows).toContain(operation.id);
    for (const part of TOKEN.split(".")) expect(rows).not.toContain(part);
  });

  verifies("storage.custody", "opens for nobody and nothing else, and is erased then", async () => {
    const strangers: ((operation: Operation) => Operation)[] = [
      (operation) => ({
        ...operation,
        owner: { kind: "user", tenantId: "tenant-1", objectId: "x" },
      }),
      (operation) => ({
        ...operation,
        owner: { kind: "user", tenantId: "x", objectId: "analyst" },
      }),
    ];
    for (const strange of strangers) {
      const operation = await keep();
      expect(await aCustody().open(strange(operation))).toBeUndefined();
      expect(await aCustody().open(operation)).toBeUndefined();
    }
    const operation = await keep();
    expect(await aCustody("another-audience").open(operation)).toBeUndefined();
    expect(stand().log.join()).toContain("stores.custody_refused");
    expect(stand().log.join()).not.toContain("eyJ");
  });

  verifies(
    "storage.custody",
    "put under another operation, or given more time, is refused",
    async () => {
      const table = await stand().newClients().table("GenieOperations");
      const [mine, yours] = [await keep(), await keep()];
      const { token, expiresAt } = await table.getEntity(yours.id, "custody");
      const row = { partitionKey: mine.id, rowKey: "custody", token, expiresAt };
      await table.updateEntity(row, "Merge");
      expect(await aCustody().open(mine)).toBeUndefined();
      const longer = {
        partitionKey: yours.id,
        rowKey: "custody",
        expiresAt: new Date(clock.now() + 9e6),
      };
      await table.updateEntity(longer, "Merge");
      expect(await aCustody().open(yours)).toBeUndefined();
    },
  );

  verifies("storage.custody", "of an app is never taken", async () => {
    const operation = anOperation({ owner: { kind: "app", tenantId: "t", clientId: "flow" } });
    const token = { token: TOKEN, expiresAt: clock.now() + 1_000 };
    await expect(aCustody().keep(operation, token)).rejects.toThrow("Only a user's token");
    expect(await stand().rawRows("GenieOperations")).not.toContain(operation.id);
  });

  verifies("storage.few-transactions", "costs one to keep, one to open, one to erase", async () => {
    const custody = aCustody();
    await custody.erase("warm-up");
    stand().tables.reset();
    const operation = anOperation();
    await custody.keep(operation, { token: TOKEN, expiresAt: clock.now() + 60_000 });
    await custody.open(operation);
    await custody.erase(operation.id);
    await custody.erase(operation.id);
    expect(stand().tables.calls.map(({ method }) => method)).toEqual([
      "PUT",
      "GET",
      "DELETE",
      "DELETE",
    ]);
  });

  verifies("storage.lifetime", "goes with its operation at the latest", async () => {
    const store = startOperationWorker(stand());
    const swept = await keep(9e9);
    await store.create(swept);
    expect(await store.deleteEnded(swept.expiresAt + 1, 100)).toBe(1);
    const rows = await stand().rawRows("GenieOperations");
    expect(rows).not.toContain(swept.id);
  });
});
