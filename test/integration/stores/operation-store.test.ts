// Operations in real Table storage (Azurite): what is written, races of workers, lost replies.

import { describe, expect } from "vitest";
import {
  aCallback,
  aQueuedOperation,
  aRunningOperation,
  finishedOperations,
  operationsOfEveryKind,
} from "../../support/an-operation.ts";
import { verifies } from "../../support/verifies.ts";
import { create, startOperationWorker } from "./operation-worker.ts";
import { useStorageStand } from "./use-storage-stand.ts";

const stand = useStorageStand();

const aWorker = () => startOperationWorker(stand());

describe("what is written", () => {
  verifies("storage.sealed", "is what is read, in every state", async () => {
    const store = aWorker();
    for (const operation of operationsOfEveryKind()) {
      const { etag } = await create(store, operation);
      expect(await aWorker().read(operation.id)).toEqual({ operation, etag });
    }
  });

  verifies("storage.sealed", "holds neither question nor callback URL in the clear", async () => {
    const question = "a question nobody else may see";
    const operation = aQueuedOperation({ question, callback: aCallback() });
    await create(aWorker(), operation);
    const rows = await stand().rawRows("GenieOperations");
    expect(rows).toContain(operation.id);
    for (const secret of [question, "nobody else", "logic.azure.com", "very-secret-callback"]) {
      expect(rows).not.toContain(secret);
      expect(rows).not.toContain(Buffer.from(secret).toString("base64").slice(0, 12));
    }
  });

  verifies("sealing.exact", "keeps the longest and oddest questions", async () => {
    const odd = [
      "\u{1F600}".repeat(5_000),
      "\ud800".repeat(10_000),
      "\0\u0001'\"\\/#?\n".repeat(1_000),
    ];
    for (const question of odd) {
      const operation = aQueuedOperation({ question });
      await create(aWorker(), operation);
      expect((await aWorker().read(operation.id))?.operation).toEqual(operation);
    }
  });

  verifies("storage.question-erased", "drops the question with the ask", async () => {
    const store = aWorker();
    const queued = aQueuedOperation();
    const { etag } = await create(store, queued);
    expect(await stand().rawRows("GenieOperations")).toMatch(columnOf(queued.id, "question"));
    await store.replace(aRunningOperation({ id: queued.id }), etag);
    expect(await stand().rawRows("GenieOperations")).not.toMatch(columnOf(queued.id, "question"));
  });

  verifies("storage.question-erased", "drops the callback URL once it is delivered", async () => {
    const store = aWorker();
    const [finished] = finishedOperations();
    if (finished === undefined) throw new Error("no finished operation");
    const { etag } = await create(store, { ...finished, callback: aCallback() });
    expect(await stand().rawRows("GenieOperations")).toMatch(columnOf(finished.id, "callbackUrl"));
    const delivered = { ...finished, callback: aCallback({ outcome: "delivered" }) };
    await store.replace(delivered, etag);
    expect(await stand().rawRows("GenieOperations")).not.toMatch(
      columnOf(finished.id, "callbackUrl"),
    );
    expect((await aWorker().read(finished.id))?.operation.callback).toEqual({
      ...delivered.callback,
      url: "",
    });
  });

  verifies("storage.few-transactions", "costs one transaction a step", async () => {
    const store = aWorker();
    await store.read("warm-up"); // the table is there from now on
    stand().tables.reset();
    const operation = aQueuedOperation();
    const { etag } = await create(store, operation);
    await store.read(operation.id);
    await store.replace({ ...operation, updatedAt: operation.updatedAt + 1 }, etag);
    expect(stand().tables.calls.map(({ method }) => method)).toEqual(["POST", "GET", "PUT"]);
  });
});

/** A row of `rawRows` with this operation id and this column. */
function columnOf(id: string, column: string): RegExp {
  return new RegExp(`\\{[^{}]*"partitionKey":"${id}"[^{}]*"${column}":`);
}

describe("two workers", () => {
  verifies("storage.compare-and-set", "create one record of one id", async () => {
    const workers = [aWorker(), aWorker(), aWorker(), aWorker()];
    const operation = aQueuedOperation();
    const outcomes = await Promise.all(
      workers.map((store, index) => store.create({ ...operation, question: `question ${index}` })),
    );
    const created = outcomes.filter(({ kind }) => kind === "created");
    expect(created).toHaveLength(1);
    for (const outcome of outcomes) expect(outcome.versioned).toEqual(created[0]?.versioned);
  });

  verifies("storage.compare-and-set", "replace a version once", async () => {
    const operation = aQueuedOperation();
    const { etag } = await create(aWorker(), operation);
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map((n) => aWorker().replace({ ...operation, intentAt: n }, etag)),
    );
    const winners = outcomes.filter((outcome) => outcome !== undefined);
    expect(winners).toHaveLength(1);
    expect(await aWorker().read(operation.id)).toEqual(winners[0]);
  });

  verifies("storage.compare-and-set", "replace nothing that is gone", async () => {
    const operation = aQueuedOperation();
    const store = aWorker();
    const { etag } = await create(store, operation);
    await store.deleteEnded(operation.expiresAt + 1, 100);
    expect(await store.replace(operation, etag)).toBeUndefined();
    expect(await store.replace(operation, "")).toBeUndefined();
    expect(await store.read(operation.id)).toBeUndefined();
  });
});

describe("a reply that gets lost", () => {
  const loseFirst = (method: string) => {
    let lost = false;
    stand().tables.trouble = (call) => {
      if (call.method !== method || lost) return undefined;
      lost = true;
      return "lose";
    };
  };

  verifies("storage.lost-replies", "of a creation: the record is ours", async () => {
    const store = aWorker();
    const operation = aQueuedOperation();
    await store.read(operation.id);
    loseFirst("POST");
    expect((await store.create(operation)).kind).toBe("created");
    expect(stand().tables.calls.filter(({ method }) => method === "POST")).toHaveLength(2);
  });

  verifies(
    "storage.lost-replies",
    "of a replacement: the write is ours, and its version goes on",
    async () => {
      const store = aWorker();
      const operation = aQueuedOperation();
      const { etag } = await create(store, operation);
      loseFirst("PUT");
      const written = await store.replace({ ...operation, intentAt: 5 }, etag);
      expect(written).toEqual(await aWorker().read(operation.id));
      expect(await store.replace({ ...operation, intentAt: 6 }, written?.etag ?? "")).toBeDefined();
    },
  );

  verifies("storage.lost-replies", "another worker's write is never taken for ours", async () => {
    const operation = aQueuedOperation();
    const { etag } = await create(aWorker(), operation);
    await aWorker().replace({ ...operation, intentAt: 7 }, etag);
    loseFirst("PUT");
    expect(await aWorker().replace({ ...operation, intentAt: 7 }, etag)).toBeUndefined();
  });
});
