// What becomes of rows in real Table storage (Azurite) that somebody changed, that nobody moved, or that are old.

import { describe, expect } from "vitest";
import type { Versioned } from "../../../shared/operations/ports.ts";
import {
  aCallback,
  aQueuedOperation,
  aRunningOperation,
  finishedOperations,
} from "../../support/an-operation.ts";
import { verifies } from "../../support/verifies.ts";
import { create, startOperationWorker } from "./operation-worker.ts";
import { useStorageStand } from "./use-storage-stand.ts";

const DAY_MS = 24 * 3_600_000;
const stand = useStorageStand();

const aWorker = () => startOperationWorker(stand());

const table = () => stand().newClients().table("GenieOperations");

describe("a row that somebody changed", () => {
  verifies(
    "storage.tampering",
    "in any sealed character is missing and logged",
    async () => {
      const operation = aQueuedOperation({
        question: "short",
        callback: aCallback({ url: "https://a" }),
      });
      const { etag } = await create(aWorker(), operation);
      const rows = await table();
      const row = await rows.getEntity(operation.id, "operation");
      for (const column of ["question", "callbackUrl"] as const) {
        const sealed = String(row[column]);
        for (let at = 0; at < sealed.length; at += 9) {
          const changed =
            sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
          await rows.updateEntity(
            { ...row, partitionKey: operation.id, rowKey: "operation", [column]: changed },
            "Replace",
          );
          expect(await aWorker().read(operation.id)).toBeUndefined();
        }
      }
      expect(stand().log).toContain(
        JSON.stringify({
          event: "stores.operation_unreadable",
          operation_id: operation.id,
          reason: "seal",
        }),
      );
      expect(await aWorker().replace(operation, etag)).toBeUndefined();
    },
    30_000,
  );

  verifies("storage.tampering", "so that a question would change hands is missing", async () => {
    const mine = aQueuedOperation();
    const yours = aQueuedOperation({
      owner: { kind: "user", tenantId: "tenant-1", objectId: "other" },
    });
    await create(aWorker(), mine);
    await create(aWorker(), yours);
    const rows = await table();
    const change = (columns: object) =>
      rows.updateEntity({ partitionKey: mine.id, rowKey: "operation", ...columns }, "Merge");
    const { question } = await rows.getEntity(yours.id, "operation");
    await change({ question });
    expect(await aWorker().read(mine.id)).toBeUndefined();
    await create(aWorker(), { ...mine, id: `${mine.id}-2` });
    const moved = await rows.getEntity(`${mine.id}-2`, "operation");
    await change({ question: moved.question });
    expect(await aWorker().read(mine.id)).toBeUndefined();
  });

  verifies(
    "storage.tampering",
    "in its owner or expiry is missing while a question is in it",
    async () => {
      for (const columns of [{ owner: "user:tenant-1:other" }, { expiresAt: new Date(0) }]) {
        const operation = aQueuedOperation();
        await create(aWorker(), operation);
        const row = { partitionKey: operation.id, rowKey: "operation", ...columns };
        await (await table()).updateEntity(row, "Merge");
        expect(await aWorker().read(operation.id)).toBeUndefined();
      }
    },
  );

  verifies("storage.tampering", "of another form is missing, and its id stays taken", async () => {
    const operation = aRunningOperation();
    await create(aWorker(), operation);
    const row = { partitionKey: operation.id, rowKey: "operation", status: "half-running" };
    await (await table()).updateEntity(row, "Merge");
    expect(await aWorker().read(operation.id)).toBeUndefined();
    await expect(aWorker().create(operation)).rejects.toMatchObject({
      failure: { code: "storage_unavailable" },
    });
  });
});

describe("the sweeper", () => {
  verifies("storage.overdue", "finds what is past its planned move, in stretches", async () => {
    const app = { kind: "app", tenantId: "t", clientId: `flow-${Math.random()}` } as const;
    const base = Date.UTC(2027, 0, 1);
    const store = aWorker();
    const due = [1, 2, 3, 4, 5, 6, 7].map((n) =>
      aRunningOperation({
        owner: app,
        nextPollAt: base - n,
        drivenUntil: 0,
        expiresAt: base + DAY_MS,
      }),
    );
    const later = aRunningOperation({ owner: app, nextPollAt: base + 1, expiresAt: base + DAY_MS });
    const driven = aRunningOperation({
      owner: app,
      nextPollAt: base - 1,
      drivenUntil: base + 1,
      expiresAt: base + DAY_MS,
    });
    for (const operation of [...due, later, driven]) await create(store, operation);
    const mine = (found: readonly Versioned[]) =>
      found
        .map(({ operation }) => operation)
        .filter(({ owner }) => JSON.stringify(owner) === JSON.stringify(app));
    const seen = new Set<string>();
    for (let walk = 0; walk < 60 && seen.size < due.length; walk++) {
      const found = await store.listOverdue(base, 3);
      expect(found.length).toBeLessThanOrEqual(3);
      for (const { id } of mine(found)) seen.add(id);
    }
    expect(seen).toEqual(new Set(due.map(({ id }) => id)));
    const all = mine(await aWorker().listOverdue(base, 1_000));
    expect(new Set(all.map(({ id }) => id))).toEqual(seen);
    expect(all).toContainEqual(due[0]);
  });

  verifies(
    "storage.overdue",
    "finds callbacks that are due, and passes over a row it cannot read",
    async () => {
      const base = Date.UTC(2028, 0, 1);
      const [finished] = finishedOperations();
      if (finished === undefined) throw new Error("no finished operation");
      const open = { ...finished, callback: aCallback({ nextTryAt: base - 1 }) };
      await create(aWorker(), open);
      const broken = aRunningOperation({ owner: { kind: "function-key" } });
      await create(aWorker(), broken);
      await (await table()).updateEntity(
        { partitionKey: broken.id, rowKey: "operation", status: "?" },
        "Merge",
      );
      const found = await aWorker().listOverdue(base, 1_000);
      expect(found.map(({ operation }) => operation)).toContainEqual(open);
      expect(found.map(({ operation }) => operation.id)).not.toContain(broken.id);
    },
  );

  verifies("storage.lifetime", "deletes what ended before, and only that", async () => {
    const end = Date.UTC(2001, 0, 1);
    const store = aWorker();
    const old = finishedOperations({ updatedAt: end - 1 });
    const abandoned = aRunningOperation({ expiresAt: end - 1 });
    const young = finishedOperations({ updatedAt: end });
    for (const operation of [...old, abandoned, ...young]) await create(store, operation);
    let deleted = 0;
    for (let walk = 0; walk < 10; walk++) {
      const count = await store.deleteEnded(end, 3);
      expect(count).toBeLessThanOrEqual(3);
      deleted += count;
    }
    expect(deleted).toBe(old.length + 1);
    for (const { id } of [...old, abandoned]) expect(await store.read(id)).toBeUndefined();
    for (const { id } of young) expect(await store.read(id)).toBeDefined();
  });
});
