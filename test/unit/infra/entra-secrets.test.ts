// Secrets of the registration script: where they go, that they are seen nowhere else, and when one is replaced.

import { describe, expect, test } from "vitest";
import { setUpEntra } from "../../support/scripted-cli/in-process.ts";
import { newTenant, TENANT, type TenantState } from "../../support/scripted-cli/scripted-tenant.ts";
import { verifies } from "../../support/verifies.ts";

const ALL = ["--tenant-id", TENANT, "--base-url", "https://gw.example.com", "--vault", "kv-genie"];
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 23);

const versionsOf = (tenant: TenantState, name: string) => tenant.secrets[name] ?? [];
const counts = (tenant: TenantState) =>
  Object.fromEntries(Object.entries(tenant.secrets).map(([name, all]) => [name, all.length]));
const credentialsOf = (tenant: TenantState) =>
  (tenant.applications[0]?.passwordCredentials ?? []).map(({ keyId }) => keyId);

verifies("infra.secrets-never-shown", "no value is in an argument or an output", async () => {
  const tenant = newTenant();
  const { calls, printed } = await setUpEntra(tenant, ALL);
  const values = Object.values(tenant.secrets).flatMap((all) => all.map(({ value }) => value));
  expect(new Set(values).size).toBe(3);
  const seen = [printed, ...calls.flatMap(({ args }) => args)].join("\n");
  for (const value of values) expect(seen).not.toContain(value);
  for (const name of ["genie-sealing-key", "genie-webhook-signing"]) {
    const value = versionsOf(tenant, name)[0]?.value ?? "";
    expect(value).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(Buffer.from(value, "base64")).toHaveLength(32);
  }
  expect(versionsOf(tenant, "genie-client-secret")[0]?.value).toMatch(/^fake-secret-/);
});

verifies("infra.secrets-never-shown", "none is read back, none printed by the vault", async () => {
  const tenant = newTenant();
  const { calls } = await setUpEntra(tenant, ALL);
  const ofVault = calls.filter(({ args }) => args[0] === "keyvault").map(({ args }) => args);
  const shows = ofVault.filter((args) => args[2] === "show");
  const sets = ofVault.filter((args) => args[2] === "set");
  expect([shows.length, sets.length]).toEqual([3, 3]);
  expect(shows.every((args) => !/value/.test(args[args.indexOf("--query") + 1] ?? "value"))).toBe(
    true,
  );
  expect(sets.every((args) => args[args.indexOf("--output") + 1] === "none")).toBe(true);
});

describe("replaced only when asked for, or when it no longer works", () => {
  const rotations = [
    ["client-secret", "genie-client-secret"],
    ["sealing-key", "genie-sealing-key"],
    ["signing-secret", "genie-webhook-signing"],
  ] as const;
  for (const [what, name] of rotations) {
    verifies("infra.secrets-never-shown", `--rotate ${what} makes one new version`, async () => {
      const tenant = newTenant();
      await setUpEntra(tenant, ALL);
      const before = counts(tenant);
      await setUpEntra(tenant, [...ALL, "--rotate", what]);
      expect(counts(tenant)).toEqual({ ...before, [name]: 2 });
      const [first, second] = versionsOf(tenant, name);
      expect(second?.value).not.toBe(first?.value);
    });
  }

  test("an old client secret works until it is to be removed; one of others always", async () => {
    const tenant = newTenant();
    await setUpEntra(tenant, ALL);
    const foreign = { keyId: "foreign", displayName: "a person's", endDateTime: "2030-01-01" };
    tenant.applications[0]?.passwordCredentials.push(foreign);
    await setUpEntra(tenant, [...ALL, "--rotate", "client-secret"]);
    expect(credentialsOf(tenant)).toHaveLength(3);
    const told = await setUpEntra(tenant, ALL);
    expect(told.printed).toContain("still work: --remove-old-secrets removes them");
    await setUpEntra(tenant, [...ALL, "--remove-old-secrets"]);
    const kept = versionsOf(tenant, "genie-client-secret").at(-1)?.tags.credential;
    expect(credentialsOf(tenant)).toEqual(["foreign", kept]);
  });

  verifies("infra.environments-apart", "a vault removes none that is another's", async () => {
    const tenant = newTenant();
    const dev = [...ALL, "--vault", "kv-dev"];
    await setUpEntra(tenant, [...ALL, "--vault", "kv-prod"]);
    const older = { keyId: "older", displayName: "genie-gateway (Key Vault)", endDateTime: "2030" };
    tenant.applications[0]?.passwordCredentials.push(older);
    const ofProd = credentialsOf(tenant);
    tenant.secrets = {}; // the scripted tenant has one vault: from here on it is that of dev
    await setUpEntra(tenant, dev);
    await setUpEntra(tenant, [...dev, "--rotate", "client-secret"]);
    const { printed } = await setUpEntra(tenant, [...dev, "--remove-old-secrets"]);
    const kept = versionsOf(tenant, "genie-client-secret").at(-1)?.tags.credential;
    expect(credentialsOf(tenant)).toEqual([...ofProd, kept]);
    for (const keyId of ofProd) expect(printed).toContain(`left alone: ${keyId}`);
  });

  const ages = [
    ["that says whose it is", true],
    ["of a time before it said so", false],
  ] as const;
  for (const [which, isTagged] of ages) {
    const name = `a run without --client-id leaves another application's secret alone, one ${which}`;
    verifies("infra.environments-apart", name, async () => {
      const tenant = newTenant();
      await setUpEntra(tenant, [...ALL, "--name", "by-hand"]);
      const { appId } = tenant.applications[0] ?? {};
      if (!isTagged) delete versionsOf(tenant, "genie-client-secret")[0]?.tags.application;
      const before = structuredClone(tenant);
      const { code, printed } = await setUpEntra(tenant, [...ALL, "--rotate", "client-secret"]);
      expect([code, tenant]).toEqual([1, before]);
      expect(printed).toContain("Give --client-id");
      const rotated = [...ALL, "--client-id", String(appId), "--rotate", "client-secret"];
      expect((await setUpEntra(tenant, rotated)).code).toBe(0);
    });
  }

  verifies("infra.environments-apart", "another application that is there as well", async () => {
    const tenant = newTenant();
    await setUpEntra(tenant, [...ALL, "--name", "by-hand"]);
    await setUpEntra(tenant, ["--tenant-id", TENANT]);
    const before = structuredClone(tenant);
    const { code, printed } = await setUpEntra(tenant, ALL);
    expect([code, tenant]).toEqual([1, before]);
    expect(printed).toContain(`is that of ${tenant.applications[0]?.appId}, not of`);
  });

  const faults: [string, (tenant: TenantState) => void, number][] = [
    ["it has expired", () => {}, NOW + 181 * DAY_MS],
    [
      "the application no longer has the one in the vault",
      (tenant) => tenant.applications[0]?.passwordCredentials.splice(0),
      NOW,
    ],
  ];
  for (const [reason, breakIt, now] of faults) {
    test(`a client secret that no longer works: ${reason}`, async () => {
      const tenant = newTenant();
      await setUpEntra(tenant, ALL);
      breakIt(tenant);
      const { printed } = await setUpEntra(tenant, ALL, { now });
      expect(printed).toContain(`made because ${reason}`);
      expect(versionsOf(tenant, "genie-client-secret")).toHaveLength(2);
    });
  }

  for (const [what, name] of rotations) {
    verifies("infra.secrets-never-shown", `a disabled ${what} is left, and told`, async () => {
      const tenant = newTenant();
      await setUpEntra(tenant, ALL);
      const [version] = versionsOf(tenant, name);
      if (version) version.enabled = false;
      const before = structuredClone(tenant);
      const { code, printed } = await setUpEntra(tenant, ALL);
      expect([code, tenant]).toEqual([3, before]);
      expect(printed).toContain(`Replace it: run this with --rotate ${what}.`);
      expect((await setUpEntra(tenant, [...ALL, "--rotate", what])).code).toBe(0);
      expect(versionsOf(tenant, name)).toHaveLength(2);
    });
  }

  test("a client secret that somebody else put into the vault is left alone", async () => {
    const tenant = newTenant();
    const version = { value: "theirs", expires: null, tags: {}, enabled: true };
    tenant.secrets["genie-client-secret"] = [version];
    const { printed } = await setUpEntra(tenant, ALL);
    expect(printed).toContain("put there by somebody else");
    expect(versionsOf(tenant, "genie-client-secret")).toEqual([version]);
    expect(credentialsOf(tenant)).toEqual([]);
  });

  test("one that is good for less than 30 days is told", async () => {
    const tenant = newTenant();
    await setUpEntra(tenant, ALL);
    const { printed } = await setUpEntra(tenant, ALL, { now: NOW + 160 * DAY_MS });
    expect(printed).toContain("good for 20 more days; replace it with --rotate client-secret");
  });
});

describe("a vault that refuses", () => {
  verifies("infra.secrets-never-shown", "the credential in Entra is taken back", async () => {
    const tenant = newTenant();
    await setUpEntra(tenant, ALL);
    tenant.mayWriteSecrets = false;
    const kept = credentialsOf(tenant);
    const { code, printed } = await setUpEntra(tenant, [...ALL, "--rotate", "client-secret"]);
    expect(code).toBe(1);
    expect(printed).toContain('az role assignment create --role "Key Vault Secrets Officer"');
    expect(credentialsOf(tenant)).toEqual(kept);
  });

  verifies("infra.secrets-never-shown", "what was stored all the same is kept", async () => {
    const tenant = newTenant({ lostAnswer: "genie-client-secret" });
    const { code } = await setUpEntra(tenant, ALL);
    expect(code).toBe(0);
    const [version] = versionsOf(tenant, "genie-client-secret");
    expect(credentialsOf(tenant)).toEqual([version?.tags.credential]);
  });

  verifies("infra.secrets-never-shown", "what may be stored is not taken back", async () => {
    const lost = { lostAnswer: "genie-client-secret" };
    const last = (await setUpEntra(newTenant(lost), ALL)).calls.length;
    const tenant = newTenant(lost);
    const { code, printed } = await setUpEntra(tenant, ALL, { breaksAt: last });
    expect(code).toBe(1);
    expect(printed).toContain(`${credentialsOf(tenant)[0]} could not be read: run this again`);
  });

  test("a deleted secret is named with the command that brings it back", async () => {
    const tenant = newTenant({ deletedSecrets: ["genie-sealing-key"] });
    const { code, printed } = await setUpEntra(tenant, ALL);
    expect(code).toBe(1);
    expect(printed).toContain(
      "az keyvault secret recover --vault-name kv-genie --name genie-sealing-key",
    );
  });
});
