// The ring of vault keys: rotation, outages and how often the vault is asked.

import { randomBytes } from "node:crypto";
import { describe, expect } from "vitest";
import { AppError } from "../../../shared/errors/app-error.ts";
import { SealRefused } from "../../../shared/sealing/sealing.ts";
import { createSealingKeyRing } from "../../../shared/sealing/sealing-key-ring.ts";
import { sealingWith } from "../../../shared/sealing/sealing-with.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const HOUR_MS = 3_600_000;
const context = { purpose: "test" };
const aKey = () => randomBytes(32).toString("base64");
const outage = () => new AppError({ code: "service_credential_problem", detail: "vault down" });

function aVault() {
  const clock = createVirtualClock();
  const versions: { version: string; createdAt: number; value: string }[] = [];
  const vault = {
    clock,
    lists: 0,
    reads: [] as string[],
    stale: 0,
    down: false,
    put: (value = aKey()): string => {
      clock.advance(1_000); // versions are told apart by the second
      const version = randomBytes(16).toString("hex");
      versions.push({ version, createdAt: clock.now(), value });
      return version;
    },
    disable: (version: string) => {
      versions.splice(
        versions.findIndex((each) => each.version === version),
        1,
      );
    },
    aWorker: () =>
      sealingWith(
        createSealingKeyRing({
          clock,
          onStale: () => {
            vault.stale += 1;
          },
          listVersions: async () => {
            vault.lists += 1;
            if (vault.down) throw outage();
            return versions.map(({ version, createdAt }) => ({ version, createdAt }));
          },
          readVersion: async (version) => {
            vault.reads.push(version);
            if (vault.down) throw outage();
            return versions.find((each) => each.version === version)?.value ?? "";
          },
        }),
      ),
  };
  return vault;
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

const problem = { failure: { code: "service_credential_problem" } };

describe("rotation", () => {
  verifies(
    "sealing.rotation",
    "the newest version seals, and the older ones still open",
    async () => {
      const vault = aVault();
      const first = vault.put();
      const old = await vault.aWorker().seal("old", context);
      const second = vault.put(`whsec_${aKey()}`);
      const worker = vault.aWorker();
      const fresh = await worker.seal("fresh", context);
      expect(old).toContain(`.${first}.`);
      expect(fresh).toContain(`.${second}.`);
      expect(await worker.open(old, context)).toBe("old");
      expect(await worker.open(fresh, context)).toBe("fresh");
    },
  );

  verifies(
    "sealing.rotation",
    "a worker that does not know a new version looks for it",
    async () => {
      const vault = aVault();
      vault.put();
      const early = vault.aWorker();
      await early.seal("warm", context);
      vault.put();
      const sealed = await vault.aWorker().seal("text", context);
      expect(await vault.clock.run(early.open(sealed, context))).toBe("text");
    },
  );

  verifies("sealing.rotation", "a disabled version opens nothing once that is known", async () => {
    const vault = aVault();
    const first = vault.put();
    const sealed = await vault.aWorker().seal("text", context);
    vault.put();
    vault.disable(first);
    const worker = vault.aWorker();
    await expect(vault.clock.run(worker.open(sealed, context))).rejects.toBeInstanceOf(SealRefused);
  });

  verifies(
    "sealing.hashes",
    "a hash is found again before, during and after a rotation",
    async () => {
      const vault = aVault();
      vault.put();
      const [before] = await vault.aWorker().hash("claim", "text");
      vault.put();
      vault.clock.advance(23 * HOUR_MS);
      expect((await vault.aWorker().hash("claim", "text"))[0]).toBe(before);
      vault.clock.advance(HOUR_MS);
      const [after, ...others] = await vault.aWorker().hash("claim", "text");
      expect(after).not.toBe(before);
      expect(others).toEqual([before]);
      vault.clock.advance(25 * HOUR_MS);
      expect(await vault.aWorker().hash("claim", "text")).toEqual([after]);
    },
  );
});

describe("keys that cannot be had", () => {
  verifies("sealing.vault-outage", "no vault and nothing kept", async () => {
    const vault = aVault();
    vault.put();
    vault.down = true;
    const worker = vault.aWorker();
    for (const work of [worker.seal("x", context), worker.hash("claim", "x")]) {
      await expect(work).rejects.toMatchObject(problem);
    }
    vault.down = false;
    expect(await worker.seal("x", context)).toContain("v1.");
  });

  verifies(
    "sealing.vault-outage",
    "what is kept serves a day, renewed in the background",
    async () => {
      const vault = aVault();
      vault.put();
      const worker = vault.aWorker();
      const sealed = await worker.seal("text", context);
      expect(vault.lists).toBe(1);
      vault.clock.advance(HOUR_MS);
      await worker.open(sealed, context);
      await settled();
      expect(vault.lists).toBe(2);
      vault.down = true;
      vault.clock.advance(23 * HOUR_MS);
      expect(await worker.open(sealed, context)).toBe("text");
      await settled();
      expect(vault.stale).toBe(1);
      vault.clock.advance(HOUR_MS);
      await expect(worker.open(sealed, context)).rejects.toMatchObject(problem);
    },
  );

  verifies("sealing.key-form", "a version that is no key is told with what to do", async () => {
    const vault = aVault();
    vault.put("not a key");
    const failure = await vault
      .aWorker()
      .seal("x", context)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject(problem);
    expect(String(failure)).not.toContain("not a key");
    expect((failure as AppError).failure.remedy).toContain("openssl rand -base64 32");
    await expect(aVault().aWorker().seal("x", context)).rejects.toMatchObject(problem);
  });
});

describe("how often the vault is asked", () => {
  verifies(
    "sealing.key-lookups",
    "once for many callers, and a version once for ever",
    async () => {
      const vault = aVault();
      vault.put();
      const worker = vault.aWorker();
      await Promise.all(Array.from({ length: 20 }, () => worker.seal("x", context)));
      expect([vault.lists, vault.reads.length]).toEqual([1, 1]);
    },
  );

  verifies("sealing.key-lookups", "key ids that no vault made cost nothing", async () => {
    const vault = aVault();
    vault.put();
    const worker = vault.aWorker();
    const sealed = await worker.seal("x", context);
    const data = sealed.split(".")[2];
    for (const id of ["plain", "x", "A".repeat(32), "0".repeat(31), "0".repeat(64)]) {
      await expect(worker.open(`v1.${id}.${data}`, context)).rejects.toBeInstanceOf(SealRefused);
    }
    expect(vault.lists).toBe(1);
  });

  verifies(
    "sealing.key-lookups",
    "invented key ids look once in five seconds, together",
    async () => {
      const vault = aVault();
      vault.put();
      const worker = vault.aWorker();
      const data = (await worker.seal("x", context)).split(".")[2];
      const startedAt = vault.clock.now();
      const open = () => worker.open(`v1.${randomBytes(16).toString("hex")}.${data}`, context);
      for (let round = 0; round < 3; round++) {
        const attempts = Array.from({ length: 10 }, open);
        await vault.clock.run(Promise.allSettled(attempts));
      }
      expect(vault.lists - 1).toBeLessThanOrEqual((vault.clock.now() - startedAt) / 5_000);
      expect(vault.lists).toBeGreaterThan(1);
    },
  );
});
