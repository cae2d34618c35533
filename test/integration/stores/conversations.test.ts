// The conversation index and the ledger in real Table storage (Azurite).

import { describe, expect } from "vitest";
import type { Owner } from "../../../shared/operations/owner.ts";
import { createTableConversationIndex } from "../../../shared/stores/table-conversation-index.ts";
import { createTableConversationLedger } from "../../../shared/stores/table-conversation-ledger.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import { useStorageStand } from "./use-storage-stand.ts";

const HOUR_MS = 3_600_000;
const stand = useStorageStand();
let serial = 0;

const user: Owner = { kind: "user", tenantId: "t", objectId: "analyst" };
const owners: Owner[] = [
  user,
  { kind: "user", tenantId: "t", objectId: "other" },
  { kind: "user", tenantId: "u", objectId: "analyst" },
  { kind: "app", tenantId: "t", clientId: "analyst" },
  { kind: "function-key" },
];
/** Ids of others promise nothing: these hold all that a table key must not. */
const aConversation = () => `conversation/\\#?\u0001'${++serial}`;

describe("the newest operation of a conversation", () => {
  const clock = createVirtualClock();
  const anIndex = () => createTableConversationIndex({ clients: stand().newClients(), clock });

  verifies("storage.compare-and-set", "is claimed by one of many", async () => {
    const conversation = aConversation();
    const claim = (etag: string | undefined) =>
      Promise.all(
        ["a", "b", "c", "d"].map(async (operationId) => {
          const won = await anIndex().claim(user, conversation, { operationId, etag });
          return won ? operationId : undefined;
        }),
      );
    const first = (await claim(undefined)).filter((winner) => winner !== undefined);
    expect(first).toHaveLength(1);
    const last = await anIndex().readLast(user, conversation);
    expect(last?.operationId).toBe(first[0]);
    const second = (await claim(last?.etag)).filter((winner) => winner !== undefined);
    expect(second).toHaveLength(1);
    expect((await anIndex().readLast(user, conversation))?.operationId).toBe(second[0]);
  });

  verifies("storage.compare-and-set", "is not claimed without knowing the last one", async () => {
    const conversation = aConversation();
    const index = anIndex();
    expect(await index.claim(user, conversation, { operationId: "a", etag: undefined })).toBe(true);
    expect(await index.claim(user, conversation, { operationId: "b", etag: undefined })).toBe(
      false,
    );
    const other = aConversation();
    const stale = (await index.readLast(user, conversation))?.etag;
    expect(await index.claim(user, other, { operationId: "b", etag: stale })).toBe(false);
  });

  verifies("storage.lost-replies", "is ours when the reply to the claim got lost", async () => {
    const conversation = aConversation();
    const index = anIndex();
    await index.readLast(user, conversation);
    for (const method of ["POST", "PUT"]) {
      const etag = (await index.readLast(user, conversation))?.etag;
      let lost = false;
      stand().tables.trouble = (call) => {
        if (lost || call.method !== method) return undefined;
        lost = true;
        return "lose";
      };
      expect(await index.claim(user, conversation, { operationId: method, etag })).toBe(true);
      expect(lost).toBe(true);
    }
  });

  verifies("storage.owners-apart", "belongs to one owner", async () => {
    const conversation = aConversation();
    const index = anIndex();
    for (const [at, owner] of owners.entries()) {
      expect(await index.readLast(owner, conversation)).toBeUndefined();
      await index.recordAsk(owner, {
        operationId: `operation-${at}`,
        conversationId: conversation,
        messageId: "message/1",
        opensConversation: true,
      });
    }
    for (const [at, owner] of owners.entries()) {
      expect((await index.readLast(owner, conversation))?.operationId).toBe(`operation-${at}`);
      expect(await index.findByMessage(owner, conversation, "message/1")).toBe(`operation-${at}`);
      expect(await index.findByMessage(owner, conversation, "message/2")).toBeUndefined();
    }
  });

  verifies("storage.few-transactions", "an ask is recorded in one", async () => {
    const index = anIndex();
    await index.readLast(user, "warm-up");
    stand().tables.reset();
    const asked = { operationId: "a", conversationId: aConversation(), messageId: "m" };
    await index.recordAsk(user, { ...asked, opensConversation: true });
    expect(stand().tables.calls).toHaveLength(1);
    await index.recordAsk(user, { ...asked, messageId: "n", opensConversation: false });
    expect(stand().tables.calls).toHaveLength(2);
  });

  verifies("storage.lost-replies", "a late record pushes no newer operation aside", async () => {
    const index = anIndex();
    const conversationId = aConversation();
    const asked = { operationId: "first", conversationId, messageId: "m", opensConversation: true };
    await index.recordAsk(user, asked);
    const etag = (await index.readLast(user, conversationId))?.etag;
    await index.claim(user, conversationId, { operationId: "second", etag });
    await index.recordAsk(user, asked);
    expect((await index.readLast(user, conversationId))?.operationId).toBe("second");
    expect(await index.findByMessage(user, conversationId, "m")).toBe("first");
  });

  verifies("storage.lifetime", "goes when its operation has long ended", async () => {
    const index = anIndex();
    const ledger = createTableConversationLedger(stand().newClients());
    const old = { operationId: "a", conversationId: aConversation(), messageId: "m" };
    await index.recordAsk(user, { ...old, opensConversation: true });
    await ledger.record(user, "space", { conversationId: "kept", createdAt: clock.now() });
    const askedAt = clock.now();
    clock.advance(24 * HOUR_MS);
    const young = { operationId: "b", conversationId: aConversation(), messageId: "m" };
    await index.recordAsk(user, { ...young, opensConversation: true });

    await index.deleteEnded(askedAt + HOUR_MS, 100);
    expect(await index.findByMessage(user, old.conversationId, "m")).toBe("a");
    while ((await index.deleteEnded(askedAt + 3 * HOUR_MS, 2)) > 0);
    expect(await index.readLast(user, old.conversationId)).toBeUndefined();
    expect(await index.findByMessage(user, old.conversationId, "m")).toBeUndefined();
    expect((await index.readLast(user, young.conversationId))?.operationId).toBe("b");
    expect(await ledger.has(user, "space", "kept")).toBe(true);
  });
});

describe("the ledger of an app's conversations", () => {
  const aLedger = () => createTableConversationLedger(stand().newClients());

  verifies("storage.owners-apart", "is one for each owner and space, newest first", async () => {
    const ledger = aLedger();
    const times = [5, 1_700_000_000_000, 3, 1_700_000_000_001];
    for (const owner of owners) {
      for (const createdAt of times) {
        const conversationId = `${JSON.stringify(owner)}/${createdAt}`;
        await ledger.record(owner, "space/1", { conversationId, createdAt });
      }
    }
    for (const owner of owners) {
      const idOf = (createdAt: number) => `${JSON.stringify(owner)}/${createdAt}`;
      const newestFirst = times.toSorted((a, b) => b - a);
      expect(await aLedger().list(owner, "space/1")).toEqual(
        newestFirst.map((createdAt) => ({ conversationId: idOf(createdAt), createdAt })),
      );
      expect(await ledger.list(owner, "space/2")).toEqual([]);
      expect(await ledger.has(owner, "space/1", idOf(5))).toBe(true);
      expect(await ledger.has(owner, "space/2", idOf(5))).toBe(false);
    }
    expect(await ledger.has(user, "space/1", '{"kind":"function-key"}/5')).toBe(false);
  });

  verifies(
    "storage.lost-replies",
    "records once and removes once, however often it is told",
    async () => {
      const ledger = aLedger();
      const space = aConversation();
      for (const createdAt of [10, 20])
        await ledger.record(user, space, { conversationId: "c", createdAt });
      expect(await ledger.list(user, space)).toEqual([{ conversationId: "c", createdAt: 10 }]);
      await Promise.all([ledger.remove(user, space, "c"), aLedger().remove(user, space, "c")]);
      await ledger.remove(user, space, "c");
      expect(await ledger.list(user, space)).toEqual([]);
      expect(await ledger.has(user, space, "c")).toBe(false);
      await ledger.record(user, space, { conversationId: "c", createdAt: 30 });
      expect(await ledger.list(user, space)).toEqual([{ conversationId: "c", createdAt: 30 }]);
    },
  );

  verifies("storage.few-transactions", "a record is one transaction", async () => {
    const ledger = aLedger();
    await ledger.has(user, "warm-up", "c");
    stand().tables.reset();
    await ledger.record(user, "space", { conversationId: aConversation(), createdAt: 1 });
    expect(stand().tables.calls).toHaveLength(1);
  });
});
