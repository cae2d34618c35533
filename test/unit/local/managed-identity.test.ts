// The simulated managed identity endpoint against the real clients of both libraries.

import { ManagedIdentityCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { ConfidentialClientApplication, ManagedIdentityApplication } from "@azure/msal-node";
import { decodeJwt } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createCertificates, trustCertificate } from "../../../local/certificates.ts";
import { DATABRICKS_RESOURCE_ID } from "../../../local/entra/resources.ts";
import { type IdentityServices, startIdentityServices } from "../../../local/identity-services.ts";
import { ANALYST, GATEWAY_API, MANAGED_IDENTITY } from "../../../local/users.ts";

let services: IdentityServices;

beforeAll(async () => {
  const tls = await createCertificates();
  trustCertificate(tls.caPem);
  services = await startIdentityServices({ tls });
});
beforeEach(() => {
  const { environment } = services.managedIdentity;
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(() => services.managedIdentity.clearFaults());
afterAll(() => services.close());

const anApplication = (userAssignedClientId = MANAGED_IDENTITY.clientId) =>
  new ManagedIdentityApplication({ managedIdentityIdParams: { userAssignedClientId } });

describe("the real clients", () => {
  test("identity's ManagedIdentityCredential opens the vault", async () => {
    services.keyVault.put("a-secret", "value");
    const credential = new ManagedIdentityCredential({ clientId: MANAGED_IDENTITY.clientId });
    const client = new SecretClient(services.keyVault.url, credential, {
      disableChallengeResourceVerification: true,
    });
    expect((await client.getSecret("a-secret")).value).toBe("value");
  });

  test("msal's ManagedIdentityApplication gets storage tokens of the identity", async () => {
    const { accessToken } = await anApplication().acquireToken({
      resource: "https://storage.azure.com/",
    });
    expect(decodeJwt(accessToken)).toMatchObject({
      oid: MANAGED_IDENTITY.objectId,
      sub: MANAGED_IDENTITY.objectId,
      appid: MANAGED_IDENTITY.clientId,
      idtyp: "app",
      ver: "1.0",
    });
    expect(await services.entra.verifyStorageToken(accessToken)).toMatchObject({ kind: "app" });
    expect(await services.entra.verifyVaultToken(accessToken)).toMatchObject({ kind: "invalid" });
  });

  test("its token stands in for the client secret, also on behalf of a user", async () => {
    const resource = "api://AzureADTokenExchange";
    const clientAssertion = async () =>
      (await anApplication().acquireToken({ resource })).accessToken;
    const client = new ConfidentialClientApplication({
      auth: {
        clientId: GATEWAY_API.clientId,
        clientAssertion,
        authority: services.entra.authority,
        knownAuthorities: [new URL(services.entra.url).host],
      },
    });
    const result = await client.acquireTokenOnBehalfOf({
      oboAssertion: await services.entra.issueUserToken({ user: ANALYST }),
      scopes: [`${DATABRICKS_RESOURCE_ID}/.default`],
    });
    expect(await services.entra.verifyDatabricksToken(result?.accessToken ?? "")).toMatchObject({
      kind: "user",
      objectId: ANALYST.objectId,
    });
  });

  test("an identity that is not assigned gets nothing", async () => {
    const stranger = anApplication("1d000000-0000-4000-8000-00000000dead");
    await expect(stranger.acquireToken({ resource: "https://vault.azure.net" })).rejects.toThrow();
  });
});

describe("the endpoint", () => {
  const ask = (query: Record<string, string>, headers: Record<string, string>) =>
    fetch(
      `${services.managedIdentity.environment.IDENTITY_ENDPOINT}?${new URLSearchParams(query)}`,
      { headers },
    );
  const good = { "api-version": "2019-08-01", resource: "https://vault.azure.net" };
  const header = () => ({
    "x-identity-header": services.managedIdentity.environment.IDENTITY_HEADER,
  });

  test("answers as App Service does", async () => {
    const body = await (await ask(good, header())).json();
    expect(body).toEqual({
      access_token: expect.any(String),
      expires_on: expect.stringMatching(/^\d{10}$/),
      resource: "https://vault.azure.net",
      token_type: "Bearer",
      client_id: MANAGED_IDENTITY.clientId,
    });
  });

  test("refuses a missing or wrong header", async () => {
    expect((await ask(good, {})).status).toBe(401);
    expect((await ask(good, { "x-identity-header": "guess" })).status).toBe(401);
  });

  test.each([
    ["another api-version", { ...good, "api-version": "2018-02-01" }],
    ["an unknown resource", { ...good, resource: "https://nowhere.example" }],
    ["no resource", { "api-version": "2019-08-01" }],
    ["another client id", { ...good, client_id: "nobody" }],
  ])("refuses %s", async (_name, query) => {
    expect((await ask(query, header())).status).toBe(400);
  });

  test("fails on order", async () => {
    services.managedIdentity.injectFault({ status: 500, times: 1 });
    expect((await ask(good, header())).status).toBe(500);
    expect((await ask(good, header())).status).toBe(200);
  });
});
