// Preparations in real Table storage (Azurite), and the real seal: one start between many workers, the row gone with
// the conversation's index, nothing readable in it, and nothing that opens for anybody else.

import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import type { PreparationKey } from "../../../shared/operations/preparation.ts";
import { singleKey } from "../../../shared/sealing/sealing-keys.ts";
import { sealingWith } from "../../../shared/sealing/sealing-with.ts";
import { createPreparationSeal } from "../../../shared/stores/seal-preparation.ts";
import { createTableConversationIndex } from "../../../shared/stores/table-conversation-index.ts";
import { createTablePreparationLedger } from "../../../shared/stores/table-preparation-ledger.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import { useStorageStand } from "./use-storage-stand.ts";

const stand = useStorageStand();
let serial = 0;
const aKey = (): PreparationKey => ({
  kind: "download",
  owner: { kind: "user", tenantId: "t", objectId: "o" },
  spaceId: "s",
  conversationId: "c",
  messageId: `m/\\#?\u0001'${++serial}`,
  attachmentId: "a",
});
const HOUR_MS = 3_600_000;

function aWorker(clock = createVirtualClock()) {
  return { clock, ledger: createTablePreparationLedger({ clients: stand().newClients(), clock }) };
}

verifies("reading.one-start", "one of many workers may start, the others learn of it", async () => {
  const key = aKey();
  const clock = createVirtualClock();
  const workers = Array.from({ length: 5 }, () => aWorker(clock));
  const claimAll = () => Promise.all(workers.map(({ ledger }) => ledger.claim(key)));
  for (const round of [1, 2]) {
    const claims = await claimAll();
    const granted = claims.flatMap((claim) => (claim.kind === "granted" ? [claim] : []));
    expect(granted, `round ${round}`).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === "starting")).toHaveLength(4);
    await workers[0]?.ledger.record(key, granted[0]?.version ?? "", `ticket ${round}`);
    const later = await claimAll();
    expect(later).toMatchObject(later.map(() => ({ kind: "started", ticket: `ticket ${round}` })));
    clock.advance(60_000);
  }
});

verifies(
  "reading.one-start",
  "what was released may start again; a late record changes nothing",
  async () => {
    const { ledger, clock } = aWorker();
    const key = aKey();
    const first = await ledger.claim(key);
    if (first.kind !== "granted") throw new Error("nobody else is there");
    await ledger.release(key, first.version);
    const second = await ledger.claim(key);
    expect(second.kind).toBe("granted");
    await ledger.release(key, first.version); // of the claim before
    expect((await ledger.claim(key)).kind).toBe("starting");
    clock.advance(60_000);
    expect((await ledger.claim(key)).kind).toBe("granted");
    await ledger.record(key, first.version, "too late");
    expect((await ledger.claim(key)).kind).toBe("starting");
  },
);

verifies(
  "reading.one-start",
  "what came to nothing is given up in its own version; looking claims nothing",
  async () => {
    const { ledger, clock } = aWorker();
    const key = aKey();
    expect(await ledger.find(key)).toBeUndefined();
    const first = await ledger.claim(key);
    if (first.kind !== "granted") throw new Error("nobody else is there");
    expect(await ledger.find(key)).toEqual({ kind: "starting" });
    await ledger.record(key, first.version, "ticket");
    const standing = await ledger.find(key);
    if (standing?.kind !== "started") throw new Error("it was recorded");
    expect(await ledger.claim(key)).toEqual(standing);
    await ledger.release(key, first.version); // of before the record
    expect(await ledger.find(key)).toEqual(standing);
    await ledger.release(key, standing.version);
    expect(await ledger.find(key)).toBeUndefined();
    expect((await ledger.claim(key)).kind).toBe("granted");
    clock.advance(60_000);
    expect(await ledger.find(key)).toBeUndefined();
  },
);

verifies("storage.lifetime", "a preparation is deleted a day later", async () => {
  const { ledger, clock } = aWorker();
  await ledger.claim(aKey());
  const index = createTableConversationIndex({ clients: stand().newClients(), clock });
  expect(await index.deleteEnded(clock.now() - 24 * HOUR_MS, 1_000)).toBe(0);
  expect(await index.deleteEnded(clock.now() + 1, 1_000)).toBeGreaterThan(0);
});

verifies(
  "reading.preparing",
  "the seal opens for its key, for an hour, and hides the signature",
  async () => {
    const clock = createVirtualClock();
    const seal = createPreparationSeal(sealingWith(singleKey(randomBytes(32))), clock);
    const key = aKey();
    const download = { kind: "download", downloadId: "d", signature: "secret" } as const;
    const sealed = await seal.seal(key, download);
    expect(sealed).toMatch(/^[\w.-]+$/);
    expect(sealed).not.toContain("secret");
    expect(await seal.open(key, sealed)).toEqual(download);
    const others: PreparationKey[] = [
      { ...key, kind: "rows" },
      { ...key, owner: { kind: "user", tenantId: "u", objectId: "o" } },
      { ...key, owner: { kind: "app", tenantId: "t", clientId: "o" } },
      { ...key, spaceId: "x" },
      { ...key, conversationId: "x" },
      { ...key, messageId: "x" },
      { ...key, attachmentId: "x" },
    ];
    for (const other of others) expect(await seal.open(other, sealed)).toBeUndefined();
    for (const forged of ["", "x", `${sealed}x`, sealed.slice(0, -1), "v1.plain.AAAA"]) {
      expect(await seal.open(key, forged)).toBeUndefined();
    }
    clock.advance(HOUR_MS);
    expect(await seal.open(key, sealed)).toBeUndefined();
  },
);
