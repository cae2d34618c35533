// What the simulated tenant publishes, how resources check its tokens, and its faults and request log.

import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createCertificates, trustCertificate } from "../../../local/certificates.ts";
import { DATABRICKS_RESOURCE_ID } from "../../../local/entra/resources.ts";
import { type IdentityServices, startIdentityServices } from "../../../local/identity-services.ts";
import { ANALYST, GATEWAY_API, TENANT_ID } from "../../../local/users.ts";

let services: IdentityServices;
let gatewaySecret: string;

beforeAll(async () => {
  const tls = await createCertificates();
  trustCertificate(tls.caPem);
  services = await startIdentityServices({ tls });
  gatewaySecret = services.entra.addSecret(GATEWAY_API.clientId);
});
afterEach(() => services.entra.clearFaults());
afterAll(() => services.close());

const postToken = (body: string) =>
  fetch(`${services.entra.authority}/oauth2/v2.0/token`, { method: "POST", body });

const askAsApp = () =>
  postToken(
    new URLSearchParams({
      grant_type: "client_credentials",
      client_id: GATEWAY_API.clientId,
      client_secret: gatewaySecret,
      scope: `${DATABRICKS_RESOURCE_ID}/.default`,
    }).toString(),
  );

describe("keys and tokens", () => {
  test("tokens verify against the published keys, also after a rotation", async () => {
    const { entra } = services;
    const before = await entra.issueUserToken({ user: ANALYST });
    await entra.rotateKeys();
    const after = await entra.issueUserToken({ user: ANALYST });
    const keys = createRemoteJWKSet(new URL(entra.jwksUri));
    const audience = GATEWAY_API.clientId;
    for (const token of [before, after]) {
      const { payload } = await jwtVerify(token, keys, { issuer: entra.issuer, audience });
      expect(payload).toMatchObject({
        oid: ANALYST.objectId,
        tid: entra.tenantId,
        scp: "access_as_user",
      });
    }
    await entra.rotateKeys({ withdraw: true });
    const withdrawn = createRemoteJWKSet(new URL(entra.jwksUri));
    await expect(jwtVerify(after, withdrawn)).rejects.toMatchObject({
      code: "ERR_JWKS_NO_MATCHING_KEY",
    });
  });

  test.each<[string, () => Promise<string>]>([
    ["for the gateway", () => services.entra.issueUserToken({ user: ANALYST })],
    [
      "that has expired",
      () =>
        services.entra.issueUserToken({
          user: ANALYST,
          resource: DATABRICKS_RESOURCE_ID,
          lifetimeS: -1,
        }),
    ],
    [
      "without expiry",
      () =>
        services.entra.sign(
          {},
          { iss: services.entra.issuer, aud: DATABRICKS_RESOURCE_ID, oid: "x", azp: "y" },
        ),
    ],
    [
      "of another issuer",
      () =>
        services.entra.issueUserToken({
          user: ANALYST,
          resource: DATABRICKS_RESOURCE_ID,
          overrides: { iss: "https://other.example" },
        }),
    ],
    ["that is none", async () => "dapi-not-a-jwt"],
  ])("the workspace refuses a token %s", async (_name, issue) => {
    expect(await services.entra.verifyDatabricksToken(await issue())).toMatchObject({
      kind: "invalid",
    });
  });
});

describe("faults and log", () => {
  test("a fault meets as many requests as ordered, then all is well", async () => {
    services.entra.injectFault({ path: "/token", status: 502, body: "<html>", times: 2 });
    const statuses = [
      (await askAsApp()).status,
      (await askAsApp()).status,
      (await askAsApp()).status,
    ];
    expect(statuses).toEqual([502, 502, 200]);
  });

  test("without a body a fault is Entra's own", async () => {
    services.entra.injectFault({
      path: "/token",
      status: 503,
      headers: { "retry-after": "2" },
      times: 1,
    });
    const reply = await askAsApp();
    expect(reply.headers.get("retry-after")).toBe("2");
    expect(await reply.json()).toMatchObject({ error_codes: [90033] });
  });

  test("a fault of one path leaves the others alone", async () => {
    services.entra.injectFault({ path: "/keys", reset: true });
    await expect(fetch(services.entra.jwksUri)).rejects.toThrow();
    expect((await askAsApp()).status).toBe(200);
  });

  test("a hanging request is logged as unanswered and ends with the client", async () => {
    services.entra.injectFault({ path: "/keys", hang: true });
    const patience = new AbortController();
    const hanging = fetch(services.entra.jwksUri, { signal: patience.signal });
    await expect.poll(() => services.entra.requests.at(-1)).toMatchObject({ status: 0 });
    patience.abort();
    await expect(hanging).rejects.toThrow();
  });

  test("the log counts grants and holds no secret", async () => {
    const before = services.entra.countGrants("client-credentials");
    await askAsApp();
    expect(services.entra.countGrants("client-credentials")).toBe(before + 1);
    const log = JSON.stringify(services.entra.requests);
    expect(log).not.toContain(gatewaySecret);
    expect(log).not.toContain("eyJ");
  });

  test.each([
    [
      "another tenant",
      "/00000000-0000-4000-8000-000000000000/v2.0/.well-known/openid-configuration",
      400,
    ],
    ["an unknown path", "/x/y", 404],
    ["GET on the token endpoint", `/${TENANT_ID}/oauth2/v2.0/token`, 404],
  ])("%s is an error", async (_name, path, status) => {
    expect((await fetch(services.entra.url + path)).status).toBe(status);
  });

  test("a jwt-bearer request that does not say on_behalf_of is refused", async () => {
    const assertion = await services.entra.issueUserToken({ user: ANALYST });
    const ask = (extra: Record<string, string>) =>
      postToken(
        new URLSearchParams({
          grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
          client_id: GATEWAY_API.clientId,
          client_secret: gatewaySecret,
          scope: `${DATABRICKS_RESOURCE_ID}/.default`,
          assertion,
          ...extra,
        }).toString(),
      );
    expect((await ask({})).status).toBe(400);
    expect((await ask({ requested_token_use: "on_behalf_of" })).status).toBe(200);
  });

  test.each([
    ["no grant", "", "unsupported_grant_type"],
    ["no client", "grant_type=client_credentials", "invalid_request"],
    [
      "no secret",
      `grant_type=client_credentials&client_id=${GATEWAY_API.clientId}`,
      "invalid_client",
    ],
    ["JSON", '{"grant_type":"client_credentials"}', "unsupported_grant_type"],
  ])("a token request with %s is refused in Entra's shape", async (_name, body, error) => {
    const reply = await postToken(body);
    expect(await reply.json()).toMatchObject({
      error,
      error_codes: [expect.any(Number)],
      error_description: expect.stringMatching(
        /^AADSTS\d+: .+ Trace ID: \S+ Correlation ID: \S+ Timestamp: /,
      ),
    });
  });
});
