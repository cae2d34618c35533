// The simulated vault against the real Key Vault client: challenge, versions, refusals and outages.

import type { TokenCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createCertificates, trustCertificate } from "../../../local/certificates.ts";
import { type IdentityServices, startIdentityServices } from "../../../local/identity-services.ts";
import { startKeyVaultSimulator } from "../../../local/key-vault/key-vault-simulator.ts";
import { MANAGED_IDENTITY } from "../../../local/users.ts";

const VAULT = "https://vault.azure.net";
let services: IdentityServices;
let tls: { caPem: string; key: string; cert: string };

beforeAll(async () => {
  tls = await createCertificates();
  trustCertificate(tls.caPem);
  services = await startIdentityServices({ tls });
});
afterEach(() => services.keyVault.clearFaults());
afterAll(() => services.close());

const tokenFor = async (resource: string) =>
  (await services.entra.issueManagedIdentityToken(MANAGED_IDENTITY, resource))?.accessToken ?? "";

const aCredential = (token: string): TokenCredential => ({
  getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
});

async function aVaultClient(resource = VAULT, url = services.keyVault.url) {
  return new SecretClient(url, aCredential(await tokenFor(resource)), {
    disableChallengeResourceVerification: true,
    retryOptions: { maxRetries: 1, retryDelayInMs: 1, maxRetryDelayInMs: 1 },
  });
}

describe("reading", () => {
  test("gives the latest value, or the version that is asked for", async () => {
    const client = await aVaultClient();
    const first = services.keyVault.put("rotated", "one");
    const second = services.keyVault.put("rotated", "two", {
      expiresOn: new Date("2030-01-02T03:04:05Z"),
    });
    const latest = await client.getSecret("rotated");
    expect(latest.value).toBe("two");
    expect(latest.properties).toMatchObject({ version: second, enabled: true });
    expect(latest.properties.expiresOn).toEqual(new Date("2030-01-02T03:04:05Z"));
    expect((await client.getSecret("rotated", { version: first })).value).toBe("one");
  });

  test("takes the challenge first, and asks once per client", async () => {
    services.keyVault.put("challenged", "value");
    const from = services.keyVault.requests.length;
    const client = await aVaultClient();
    await client.getSecret("challenged");
    await client.getSecret("challenged");
    expect(
      services.keyVault.requests
        .slice(from)
        .map(({ status, authorization }) => [status, authorization]),
    ).toEqual([
      [401, false],
      [200, true],
      [200, true],
    ]);
  });

  test("lists all versions, also beyond one page, without values", async () => {
    const ids = Array.from({ length: 27 }, (_, index) =>
      services.keyVault.put("many", `v${index}`),
    );
    const listed: string[] = [];
    const client = await aVaultClient();
    for await (const properties of client.listPropertiesOfSecretVersions("many")) {
      listed.push(String(properties.version));
      expect(properties).not.toHaveProperty("value");
    }
    expect(listed.toSorted()).toEqual(ids.toSorted());
  });

  test("names are the same in any case", async () => {
    services.keyVault.put("Some-Name", "value");
    expect((await (await aVaultClient()).getSecret("some-name")).value).toBe("value");
  });

  test("what was set can be read", async () => {
    const client = await aVaultClient();
    const expiresOn = new Date("2031-01-01T00:00:00Z");
    await client.setSecret("set-here", "value", { expiresOn });
    const read = await client.getSecret("set-here");
    expect([read.value, read.properties.expiresOn]).toEqual(["value", expiresOn]);
  });
});

describe("refusing", () => {
  test("404 for an unknown name or version, 403 for a disabled secret", async () => {
    const client = await aVaultClient();
    services.keyVault.put("disabled", "value");
    services.keyVault.setEnabled("disabled", false);
    await expect(client.getSecret("nowhere")).rejects.toMatchObject({
      statusCode: 404,
      code: "SecretNotFound",
    });
    await expect(client.getSecret("disabled")).rejects.toMatchObject({ statusCode: 403 });
    const version = "0".repeat(32);
    await expect(client.getSecret("disabled", { version })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  test("401 for a token of another resource", async () => {
    services.keyVault.put("guarded", "value");
    const client = await aVaultClient("https://storage.azure.com");
    await expect(client.getSecret("guarded")).rejects.toMatchObject({ statusCode: 401 });
  });

  test.each(["", "Bearer", "Bearer garbage", "Basic eDp5"])(
    "401 with a challenge for `%s`",
    async (authorization) => {
      const reply = await fetch(`${services.keyVault.url}/secrets/x?api-version=7.4`, {
        headers: authorization ? { authorization } : {},
      });
      expect(reply.status).toBe(401);
      expect(reply.headers.get("www-authenticate")).toBe(
        `Bearer authorization="${services.entra.authority}", resource="${VAULT}"`,
      );
    },
  );

  test("403 without the vault role", async () => {
    const vault = await startKeyVaultSimulator({
      tls,
      authority: services.entra.authority,
      admit: async () => "forbidden",
    });
    vault.put("x", "value");
    const client = await aVaultClient(VAULT, vault.url);
    await expect(client.getSecret("x")).rejects.toMatchObject({
      statusCode: 403,
      code: "Forbidden",
    });
    await vault.close();
  });

  test.each([
    ["GET", "/secrets/x", "", 400],
    ["GET", "/keys/x?api-version=7.4", "", 404],
    ["GET", "/secrets/a%20b?api-version=7.4", "", 400],
    ["DELETE", "/secrets/x?api-version=7.4", "", 405],
    ["PUT", "/secrets/x?api-version=7.4", "{not json", 400],
    ["PUT", "/secrets/x?api-version=7.4", '{"value":1}', 400],
    ["PUT", "/secrets/x?api-version=7.4", "null", 400],
  ])("%s %s with `%s` is %i", async (method, path, body, status) => {
    const headers = { authorization: `Bearer ${await tokenFor(VAULT)}` };
    const reply = await fetch(services.keyVault.url + path, {
      method,
      headers,
      ...(body ? { body } : {}),
    });
    expect(reply.status).toBe(status);
    expect(await reply.json()).toMatchObject({ error: { code: expect.any(String) } });
  });
});

describe("failing on order", () => {
  test.each([429, 503])("%i is met once, then the client's retry succeeds", async (status) => {
    services.keyVault.put("retried", "value");
    const client = await aVaultClient();
    services.keyVault.injectFault({ status, headers: { "retry-after": "0" }, times: 1 });
    expect((await client.getSecret("retried")).value).toBe("value");
  });

  test("503 for good fails with the vault's error", async () => {
    const client = await aVaultClient();
    services.keyVault.injectFault({ status: 503 });
    await expect(client.getSecret("x")).rejects.toMatchObject({
      statusCode: 503,
      code: "ServiceUnavailable",
    });
  });

  test("the log holds no value and no token", async () => {
    services.keyVault.put("logged", "the-hidden-value");
    await (await aVaultClient()).setSecret("logged", "another-hidden-value");
    const log = JSON.stringify(services.keyVault.requests);
    expect(log).not.toContain("hidden-value");
    expect(log).not.toContain("eyJ");
  });
});
