// The client secret's lifetimes, over a vault that rotates, fails and is slow.

import { expect } from "vitest";
import { type ClientSecret, createClientSecret } from "../../../shared/auth/client-secret.ts";
import type { VaultSecret } from "../../../shared/auth/key-vault-reader.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock, type VirtualClock } from "../../support/virtual-clock.ts";
import { failureOf } from "./failure-of.ts";
import { silentLogger } from "./silent-logger.ts";

const HOUR = 3_600_000;

interface Vault {
  readonly clock: VirtualClock;
  readonly secret: ClientSecret;
  /** Epoch ms of each read. */
  readonly reads: number[];
  now: VaultSecret | "down";
}

const version = (name: string): VaultSecret => ({
  value: `value of ${name}`,
  version: name,
  expiresOn: null,
});

function aVault(): Vault {
  const clock = createVirtualClock();
  const reads: number[] = [];
  const read = async () => {
    reads.push(clock.now());
    const { now } = vault;
    await clock.sleep(50);
    if (now !== "down") return now;
    throw new AppError({ code: "service_credential_problem", detail: "The vault is down." });
  };
  const secret = createClientSecret({ name: "secret", read, clock, logger: silentLogger });
  const vault: Vault = { clock, secret, reads, now: version("v1") };
  return vault;
}

verifies("auth.single-flight", "50 cold callers read the vault once", async () => {
  const { clock, secret, reads } = aVault();
  await clock.run(Promise.all(Array.from({ length: 50 }, () => secret.current())));
  expect(reads).toHaveLength(1);
});

verifies("auth.secret-cached", "after an hour it is refreshed in the background", async () => {
  const vault = aVault();
  const { clock, secret, reads } = vault;
  await clock.run(secret.current());
  vault.now = version("v2");
  clock.advance(HOUR);
  await expect(secret.current(), "nobody waits").resolves.toMatchObject({ version: "v1" });
  await clock.run(clock.sleep(100));
  await expect(secret.current()).resolves.toMatchObject({ version: "v2" });
  expect(reads).toHaveLength(2);
});

verifies(
  "auth.secret-cached",
  "it is served for 24 h while the vault is down, then no more",
  async () => {
    const vault = aVault();
    const { clock, secret, reads } = vault;
    await clock.run(secret.current());
    vault.now = "down";
    for (let hour = 1; hour < 24; hour++) {
      clock.advance(HOUR - 2_000);
      await expect(secret.current()).resolves.toMatchObject({ version: "v1" });
      await clock.run(clock.sleep(1_000));
      await expect(secret.current(), "no second read within 5 s").resolves.toBeDefined();
      await clock.run(clock.sleep(1_000));
    }
    expect(reads.length).toBeLessThanOrEqual(24);
    clock.advance(HOUR);
    const failure = await clock.run(failureOf(secret.current()));
    expect(failure.code).toBe("service_credential_problem");
  },
);

verifies(
  "auth.secret-rotation",
  "20 refusals at once read the vault once and get the new version",
  async () => {
    const vault = aVault();
    const { clock, secret, reads } = vault;
    await clock.run(secret.current());
    vault.now = version("v2");
    const renewed = await clock.run(
      Promise.all(Array.from({ length: 20 }, () => secret.renew("v1"))),
    );
    expect(renewed.every((found) => found.version === "v2")).toBe(true);
    expect(reads).toHaveLength(2);
  },
);

verifies(
  "auth.secret-rotation",
  "a refusal joins a load under way, and reads again if that was too old",
  async () => {
    const vault = aVault();
    const { clock, secret } = vault;
    await clock.run(secret.current());
    clock.advance(HOUR);
    const served = await secret.current();
    vault.now = version("v2");
    await expect(clock.run(secret.renew(served.version))).resolves.toMatchObject({ version: "v2" });
  },
);

verifies(
  "auth.secret-rotation",
  "forced reads are 5 s apart; an early one waits for its turn",
  async () => {
    const vault = aVault();
    const { clock, secret, reads } = vault;
    await clock.run(secret.current());
    await expect(clock.run(secret.renew("v1"))).resolves.toMatchObject({ version: "v1" });
    vault.now = version("v2");
    await expect(clock.run(secret.renew("v1"))).resolves.toMatchObject({ version: "v2" });
    const [, second = 0, third = 0] = reads;
    expect(third - second).toBeGreaterThanOrEqual(5_000);
  },
);

verifies("auth.secret-rotation", "a refusal of an older version needs no read", async () => {
  const vault = aVault();
  const { clock, secret, reads } = vault;
  vault.now = version("v2");
  await clock.run(secret.current());
  await expect(secret.renew("v1")).resolves.toMatchObject({ version: "v2" });
  expect(reads).toHaveLength(1);
});

verifies(
  "auth.secret-status",
  "health sees version and expiry, from the vault or from the cache",
  async () => {
    const vault = aVault();
    const { clock, secret } = vault;
    const expiresOn = new Date(clock.now() + HOUR);
    vault.now = { ...version("v1"), expiresOn };
    await expect(clock.run(secret.check())).resolves.toEqual({
      source: "vault",
      version: "v1",
      expiresOn,
    });
    vault.now = "down";
    await expect(clock.run(secret.check())).resolves.toMatchObject({ source: "cache" });
  },
);

verifies(
  "auth.secret-status",
  "without a vault and without a cached secret the check fails",
  async () => {
    const vault = aVault();
    vault.now = "down";
    const failure = await vault.clock.run(failureOf(vault.secret.check()));
    expect(failure.code).toBe("service_credential_problem");
  },
);
