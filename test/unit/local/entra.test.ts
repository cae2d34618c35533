// The simulated tenant against the real msal client: it must refuse what Entra refuses, with Entra's words.

import {
  AuthError,
  ConfidentialClientApplication,
  InteractionRequiredAuthError,
} from "@azure/msal-node";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCertificates, trustCertificate } from "../../../local/certificates.ts";
import type { UserCondition } from "../../../local/entra/directory.ts";
import { DATABRICKS_RESOURCE_ID, TOKEN_EXCHANGE_AUDIENCE } from "../../../local/entra/resources.ts";
import { type IdentityServices, startIdentityServices } from "../../../local/identity-services.ts";
import {
  ANALYST,
  CALLER_WITH_ROLE,
  CALLER_WITHOUT_ROLE,
  GATEWAY_API,
  NO_SPACE,
} from "../../../local/users.ts";

const DATABRICKS_SCOPE = `${DATABRICKS_RESOURCE_ID}/.default`;
const API_SCOPE = `api://${GATEWAY_API.clientId}/.default`;
let services: IdentityServices;
let gatewaySecret: string;

beforeAll(async () => {
  const tls = await createCertificates();
  trustCertificate(tls.caPem);
  services = await startIdentityServices({ tls });
  gatewaySecret = services.entra.addSecret(GATEWAY_API.clientId);
});
afterAll(() => services.close());

const anAuthority = () => ({
  authority: services.entra.authority,
  knownAuthorities: [new URL(services.entra.url).host],
});

const aClient = (clientId: string, clientSecret: string) =>
  new ConfidentialClientApplication({ auth: { clientId, clientSecret, ...anAuthority() } });

const exchange = (oboAssertion: string, clientSecret = gatewaySecret) =>
  aClient(GATEWAY_API.clientId, clientSecret).acquireTokenOnBehalfOf({
    oboAssertion,
    scopes: [DATABRICKS_SCOPE],
  });

const asApp = (clientId: string, scope: string, secret = services.entra.addSecret(clientId)) =>
  aClient(clientId, secret).acquireTokenByClientCredential({ scopes: [scope] });

async function refusalOf(attempt: Promise<unknown>): Promise<AuthError> {
  const error = await attempt.then(
    () => new Error("it was granted"),
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(AuthError);
  if (!(error instanceof AuthError)) throw error;
  return error;
}

const code = async (attempt: Promise<unknown>) =>
  Number(/AADSTS(\d+)/.exec((await refusalOf(attempt)).errorMessage)?.[1]);

describe("on-behalf-of", () => {
  test("gives the user a Databricks token that the workspace accepts", async () => {
    const result = await exchange(await services.entra.issueUserToken({ user: ANALYST }));
    expect(await services.entra.verifyDatabricksToken(result?.accessToken ?? "")).toEqual({
      kind: "user",
      objectId: ANALYST.objectId,
      clientId: GATEWAY_API.clientId,
    });
    expect(result?.account?.homeAccountId).toBe(`${ANALYST.objectId}.${services.entra.tenantId}`);
    expect(result?.account?.username).toBe(ANALYST.userName);
  });

  test("takes v1 assertions as well", async () => {
    const assertion = await services.entra.issueUserToken({ user: ANALYST, version: 1 });
    expect(decodeJwt(assertion)).toMatchObject({
      iss: `https://sts.windows.net/${services.entra.tenantId}/`,
      aud: GATEWAY_API.api?.appIdUri,
      ver: "1.0",
    });
    await expect(exchange(assertion)).resolves.toBeTruthy();
  });

  test.each<[string, number, () => Promise<string>]>([
    ["expired", 500133, () => services.entra.issueUserToken({ user: ANALYST, lifetimeS: -1 })],
    [
      "for Databricks",
      500131,
      () => services.entra.issueUserToken({ user: ANALYST, resource: DATABRICKS_RESOURCE_ID }),
    ],
    [
      "of an app",
      7000114,
      () => services.entra.issueAppToken({ clientId: CALLER_WITH_ROLE.clientId }),
    ],
    [
      "an id token",
      240002,
      () => services.entra.issueIdToken({ user: ANALYST, clientId: GATEWAY_API.clientId }),
    ],
    ["garbage", 50013, async () => "garbage"],
    [
      "with another signature",
      50013,
      async () => {
        const [header, claims] = (await services.entra.issueUserToken({ user: ANALYST })).split(
          ".",
        );
        const [, , signature] = (await services.entra.issueUserToken({ user: NO_SPACE })).split(
          ".",
        );
        return `${header}.${claims}.${signature}`;
      },
    ],
    [
      "of another tenant",
      50013,
      () => services.entra.issueUserToken({ user: ANALYST, overrides: { tid: "other" } }),
    ],
    [
      "of an unknown user",
      50034,
      () => services.entra.issueUserToken({ user: ANALYST, overrides: { oid: "nobody" } }),
    ],
  ])("refuses an assertion %s", async (_name, expected, issue) => {
    expect(await code(exchange(await issue()))).toBe(expected);
  });

  test.each<[UserCondition, number, boolean]>([
    ["needs-consent", 65001, true],
    ["needs-mfa", 50076, true],
    ["blocked", 53003, true],
    ["revoked", 50173, true],
    ["not-assigned", 50105, false],
  ])("refuses a user who is %s", async (condition, expected, interactionRequired) => {
    services.entra.setCondition(NO_SPACE.objectId, condition);
    const error = await refusalOf(
      exchange(await services.entra.issueUserToken({ user: NO_SPACE })),
    );
    services.entra.setCondition(NO_SPACE.objectId, undefined);
    expect(error.errorMessage).toContain(`AADSTS${expected}:`);
    expect(error instanceof InteractionRequiredAuthError).toBe(interactionRequired);
  });

  test("hands out the claims challenge and accepts the second factor", async () => {
    services.entra.setCondition(NO_SPACE.objectId, "needs-mfa");
    const token = (amr: string[]) =>
      services.entra.issueUserToken({ user: NO_SPACE, overrides: { amr } });
    expect(await refusalOf(exchange(await token(["pwd"])))).toMatchObject({
      errorCode: "interaction_required",
      claims: expect.stringContaining("capolids"),
    });
    await expect(exchange(await token(["pwd", "mfa"]))).resolves.toBeTruthy();
    services.entra.setCondition(NO_SPACE.objectId, undefined);
  });
});

describe("client credentials", () => {
  test("give the roles that are assigned, and none otherwise", async () => {
    const withRole = await asApp(CALLER_WITH_ROLE.clientId, API_SCOPE);
    const claims = decodeJwt(withRole?.accessToken ?? "");
    expect(claims).toMatchObject({
      roles: ["Genie.Ask"],
      azp: CALLER_WITH_ROLE.clientId,
      ver: "2.0",
    });
    expect(claims.aud).toBe(GATEWAY_API.clientId);
    expect(claims.sub).toBe(claims.oid);
    expect(claims).not.toHaveProperty("scp");
    const without = await asApp(CALLER_WITHOUT_ROLE.clientId, API_SCOPE);
    expect(decodeJwt(without?.accessToken ?? "")).not.toHaveProperty("roles");
  });

  test("give the app a Databricks token of its own", async () => {
    const result = await asApp(GATEWAY_API.clientId, DATABRICKS_SCOPE);
    expect(await services.entra.verifyDatabricksToken(result?.accessToken ?? "")).toMatchObject({
      kind: "app",
      clientId: GATEWAY_API.clientId,
    });
  });

  test("refuse wrong, expired and removed secrets and keep the others", async () => {
    const { entra } = services;
    const old = entra.addSecret(GATEWAY_API.clientId);
    expect(await code(asApp(GATEWAY_API.clientId, DATABRICKS_SCOPE, "wrong"))).toBe(7000215);
    entra.expireSecret(GATEWAY_API.clientId, old);
    expect(await code(asApp(GATEWAY_API.clientId, DATABRICKS_SCOPE, old))).toBe(7000222);
    entra.removeSecret(GATEWAY_API.clientId, old);
    expect(await code(asApp(GATEWAY_API.clientId, DATABRICKS_SCOPE, old))).toBe(7000215);
    await expect(
      asApp(GATEWAY_API.clientId, DATABRICKS_SCOPE, gatewaySecret),
    ).resolves.toBeTruthy();
  });

  test("refuse the secret of another application and unknown clients and resources", async () => {
    expect(await code(asApp(CALLER_WITH_ROLE.clientId, API_SCOPE, gatewaySecret))).toBe(7000215);
    expect(await code(asApp("c0000000-0000-4000-8000-00000000dead", API_SCOPE))).toBe(700016);
    expect(await code(asApp(GATEWAY_API.clientId, "api://nowhere/.default"))).toBe(500011);
    expect(
      await code(asApp(GATEWAY_API.clientId, `${DATABRICKS_RESOURCE_ID}/user_impersonation`)),
    ).toBe(1002012);
  });
});

describe("federated credential", () => {
  const withAssertion = (clientAssertion: string, clientId = GATEWAY_API.clientId) =>
    new ConfidentialClientApplication({ auth: { clientId, clientAssertion, ...anAuthority() } });
  const assertionFor = async (identity: { clientId: string; objectId: string }, resource: string) =>
    (await services.entra.issueManagedIdentityToken(identity, resource))?.accessToken ?? "";
  const ask = (client: ConfidentialClientApplication) =>
    client.acquireTokenByClientCredential({ scopes: [DATABRICKS_SCOPE] });
  const [subject = ""] = GATEWAY_API.federatedSubjects ?? [];
  const identity = { clientId: "any", objectId: subject };
  const exchangeResource = "api://AzureADTokenExchange";

  test("replaces the secret, for the app and on behalf of a user", async () => {
    const client = withAssertion(await assertionFor(identity, exchangeResource));
    await expect(ask(client)).resolves.toBeTruthy();
    const oboAssertion = await services.entra.issueUserToken({ user: ANALYST });
    await expect(
      client.acquireTokenOnBehalfOf({ oboAssertion, scopes: [DATABRICKS_SCOPE] }),
    ).resolves.toBeTruthy();
  });

  test("is refused for another identity, audience, application or signature", async () => {
    const stranger = { clientId: "any", objectId: "1d000000-0000-4000-8000-00000000dead" };
    const good = await assertionFor(identity, exchangeResource);
    expect(await code(ask(withAssertion(await assertionFor(stranger, exchangeResource))))).toBe(
      700213,
    );
    expect(
      await code(ask(withAssertion(await assertionFor(identity, "https://vault.azure.net")))),
    ).toBe(700213);
    expect(await code(ask(withAssertion(good, CALLER_WITH_ROLE.clientId)))).toBe(700213);
    expect(await code(ask(withAssertion(`${good.slice(0, -8)}AAAAAAAA`)))).toBe(700027);
  });

  test.each([
    ["another issuer", { iss: "https://other.example/v2.0" }],
    ["the gateway as its audience", { aud: GATEWAY_API.clientId }],
    ["another subject", { sub: "1d000000-0000-4000-8000-00000000dead" }],
  ])("is refused with %s", async (_name, wrong) => {
    const now = Math.floor(Date.now() / 1000);
    const right = {
      iss: services.entra.issuer,
      aud: TOKEN_EXCHANGE_AUDIENCE,
      sub: subject,
      exp: now + 60,
    };
    await expect(ask(withAssertion(await services.entra.sign({}, right)))).resolves.toBeTruthy();
    expect(
      await code(ask(withAssertion(await services.entra.sign({}, { ...right, ...wrong })))),
    ).toBe(700213);
    const expired = await services.entra.sign({}, { ...right, exp: now - 1 });
    expect(await code(ask(withAssertion(expired)))).toBe(700024);
  });
});
