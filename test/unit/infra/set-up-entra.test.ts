// The registration script against a scripted tenant: what it makes, what it leaves alone, and what a second run does.

import { describe, expect, test } from "vitest";
import { parseSettings } from "../../../shared/config/settings.ts";
import { type SetupOutcome, setUpEntra } from "../../support/scripted-cli/in-process.ts";
import {
  DATABRICKS,
  newTenant,
  TENANT,
  type TenantState,
} from "../../support/scripted-cli/scripted-tenant.ts";
import { verifies } from "../../support/verifies.ts";
import { anEnvironment } from "../config/an-environment.ts";

const AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
const CONNECTOR = "99999999-2222-4333-8444-555555555555";
const IDENTITY = "77777777-2222-4333-8444-555555555555";
const BASE = ["--tenant-id", TENANT, "--base-url", "https://gw.azurewebsites.net"];
const ALL = [...BASE, "--vault", "kv-genie", "--allow-cli", "--allow-connector", CONNECTOR];

const isWrite = (args: readonly string[]) => args.includes("@-");
const writesOf = ({ calls }: SetupOutcome) => calls.filter(({ args }) => isWrite(args));
const theApplication = (tenant: TenantState) => {
  const [app, ...others] = tenant.applications;
  if (app === undefined || others.length > 0) throw new Error("not one application");
  return app;
};
const newestSecret = (tenant: TenantState, name: string) => tenant.secrets[name]?.at(-1);

describe("on an empty tenant", () => {
  verifies("infra.entra-registration", "it makes everything that the gateway needs", async () => {
    const tenant = newTenant();
    const { code } = await setUpEntra(tenant, ALL);
    expect(code).toBe(0);
    const app = theApplication(tenant);
    const scopeId = app.api.oauth2PermissionScopes[0]?.id;
    expect(app).toMatchObject({
      uniqueName: "genie-gateway",
      signInAudience: "AzureADMyOrg",
      identifierUris: [`api://${app.appId}`],
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [{ value: "access_as_user", type: "User", isEnabled: true }],
        preAuthorizedApplications: [
          { appId: AZURE_CLI, delegatedPermissionIds: [scopeId] },
          { appId: CONNECTOR, delegatedPermissionIds: [scopeId] },
        ],
      },
      appRoles: [{ value: "Genie.Ask", allowedMemberTypes: ["Application"], isEnabled: true }],
      spa: { redirectUris: ["https://gw.azurewebsites.net/docs/oauth2-redirect"] },
      requiredResourceAccess: [
        {
          resourceAppId: DATABRICKS,
          resourceAccess: [{ id: "739272be-e143-11e8-9f32-f2801f1b9fd1", type: "Scope" }],
        },
      ],
    });
    expect(tenant.grants).toMatchObject([
      { consentType: "AllPrincipals", scope: "user_impersonation" },
    ]);
    const credential = app.passwordCredentials[0];
    expect(newestSecret(tenant, "genie-client-secret")).toMatchObject({
      expires: "2027-05-22T00:00:00Z",
      tags: { credential: credential?.keyId, application: app.appId },
      enabled: true,
    });
    expect(credential?.endDateTime).toBe("2027-05-22T00:00:00Z");
  });

  verifies(
    "infra.entra-registration",
    "a managed identity takes the place of the secret",
    async () => {
      const tenant = newTenant();
      const secretless = ["--credential", "managed-identity"];
      const first = await setUpEntra(tenant, [...ALL, ...secretless]);
      expect(first.printed).toContain("later: after the deployment, with --identity-principal-id");
      await setUpEntra(tenant, [...ALL, ...secretless, "--identity-principal-id", IDENTITY]);
      expect(tenant.federated).toMatchObject([
        {
          issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
          subject: IDENTITY,
          audiences: ["api://AzureADTokenExchange"],
        },
      ]);
      expect(Object.keys(tenant.secrets).toSorted()).toEqual([
        "genie-sealing-key",
        "genie-webhook-signing",
      ]);
    },
  );

  test("trust in the same identity that was written wrongly is set right", async () => {
    const tenant = newTenant();
    const secretless = ["--credential", "managed-identity", "--identity-principal-id", IDENTITY];
    await setUpEntra(tenant, [...BASE, ...secretless]);
    const right = structuredClone(tenant.federated);
    tenant.federated[0]?.audiences.splice(0, 1, "api://other");
    await setUpEntra(tenant, [...BASE, ...secretless]);
    expect(tenant.federated).toEqual(right);
  });

  verifies(
    "infra.environments-apart",
    "an application that trusts another identity is refused before anything is changed",
    async () => {
      const tenant = newTenant();
      const secretless = [...BASE, "--credential", "managed-identity", "--identity-principal-id"];
      await setUpEntra(tenant, [...secretless, IDENTITY]);
      const before = structuredClone(tenant);
      const other = ["--base-url", "https://dev.azurewebsites.net"];
      const { code, printed } = await setUpEntra(tenant, [...secretless, CONNECTOR, ...other]);
      expect([code, tenant]).toEqual([1, before]);
      expect(printed).toContain("an application of its own: --name");
      const command = `az ad app federated-credential delete --id ${theApplication(tenant).appId} `;
      expect(printed).toContain(command);
    },
  );

  verifies(
    "infra.entra-secretless",
    "a later run without --credential makes no client secret, and says so in one line",
    async () => {
      const tenant = newTenant();
      const secretless = ["--credential", "managed-identity", "--identity-principal-id", IDENTITY];
      await setUpEntra(tenant, [...ALL, ...secretless]);
      const { code, printed } = await setUpEntra(tenant, [...ALL, "--rotate", "sealing-key"]);
      expect(code).toBe(0);
      expect(theApplication(tenant).passwordCredentials).toEqual([]);
      expect(tenant.secrets["genie-client-secret"]).toBeUndefined();
      expect(tenant.secrets["genie-sealing-key"]).toHaveLength(2);
      expect(printed.match(/no client secret is made/g)).toHaveLength(1);
      expect(printed).toContain("CLIENT_CREDENTIAL=managed-identity");
      await setUpEntra(tenant, [...ALL, "--credential", "secret"]);
      expect(theApplication(tenant).passwordCredentials).toHaveLength(1);
    },
  );

  verifies(
    "infra.entra-secretless",
    "a client secret that is not there is not replaced: refused before anything is changed",
    async () => {
      const tenant = newTenant();
      const secretless = ["--credential", "managed-identity", "--identity-principal-id", IDENTITY];
      await setUpEntra(tenant, [...BASE, ...secretless]);
      const before = structuredClone(tenant);
      for (const asked of [["--rotate", "client-secret"], ["--remove-old-secrets"]]) {
        const { code, printed } = await setUpEntra(tenant, [...ALL, ...asked]);
        expect([code, tenant]).toEqual([2, before]);
        expect(printed).toContain("with the managed identity");
      }
    },
  );

  verifies(
    "infra.entra-registration",
    "before the deployment it does what can be done",
    async () => {
      const tenant = newTenant();
      const { code, printed } = await setUpEntra(tenant, ["--tenant-id", TENANT]);
      expect(code).toBe(0);
      expect(printed.match(/later: after the deployment, with --vault/g)).toHaveLength(3);
      expect(printed).toContain(`CLIENT_ID=${theApplication(tenant).appId}`);
      expect(tenant.secrets).toEqual({});
    },
  );
});

describe("run again", () => {
  verifies("infra.entra-repeatable", "nothing changes the second time", async () => {
    const tenant = newTenant();
    await setUpEntra(tenant, ALL);
    const before = structuredClone(tenant);
    const second = await setUpEntra(tenant, ALL);
    expect(second.code).toBe(0);
    expect(writesOf(second)).toEqual([]);
    expect(tenant).toEqual(before);
    const outcomes = [...second.printed.matchAll(/^ {3}(\w+): /gm)].map(([, outcome]) => outcome);
    expect(outcomes).toEqual(Array.from({ length: 13 }, () => "unchanged"));
  });

  verifies(
    "infra.entra-repeatable",
    "a run that fails at any call is finished by the next",
    async () => {
      const whole = (await setUpEntra(newTenant(), ALL)).calls.length;
      expect(whole).toBeGreaterThan(15);
      for (let at = 1; at <= whole; at++) {
        const tenant = newTenant();
        const broken = await setUpEntra(tenant, ALL, { breaksAt: at });
        expect(broken.code).toBe(1);
        expect(broken.printed).toContain("run the same command again");
        const { code } = await setUpEntra(tenant, ALL);
        expect(code).toBe(0);
        const app = theApplication(tenant);
        expect(app.passwordCredentials.map(({ keyId }) => keyId)).toEqual([
          newestSecret(tenant, "genie-client-secret")?.tags.credential,
        ]);
        expect([tenant.grants.length, tenant.principals.length]).toEqual([1, 2]);
        expect(Object.values(tenant.secrets).map((versions) => versions.length)).toEqual([1, 1, 1]);
      }
    },
  );

  verifies("infra.entra-registration", "what others put there stays", async () => {
    const tenant = newTenant();
    await setUpEntra(tenant, ["--tenant-id", TENANT]);
    const app = theApplication(tenant);
    const foreign = { appId: CONNECTOR, delegatedPermissionIds: ["an-older-scope"] };
    app.identifierUris = ["https://example.com/genie"];
    app.spa.redirectUris = ["https://other.example.com/signed-in"];
    app.api.oauth2PermissionScopes.push({ id: "an-older-scope", value: "old" });
    app.api.preAuthorizedApplications.push(foreign);
    app.api.requestedAccessTokenVersion = null;
    const grant = tenant.grants[0];
    if (grant) grant.scope = "other_scope";
    await setUpEntra(tenant, ALL);
    const scopes = app.api.oauth2PermissionScopes;
    expect(app.identifierUris).toEqual(["https://example.com/genie", `api://${app.appId}`]);
    expect(app.spa.redirectUris).toHaveLength(2);
    expect(scopes.map(({ value }) => value)).toEqual(["access_as_user", "old"]);
    expect(app.api.preAuthorizedApplications[1]?.delegatedPermissionIds).toEqual([
      "an-older-scope",
      scopes[0]?.id,
    ]);
    expect(grant?.scope).toBe("other_scope user_impersonation");
  });

  const bases = [
    "https://api.example.com/Genie",
    "https://api.example.com/Genie/",
    "https://API.example.com:443//",
  ];
  for (const base of bases) {
    verifies("infra.entra-registration", `the redirect is the one of /docs: ${base}`, async () => {
      const tenant = newTenant();
      await setUpEntra(tenant, ["--tenant-id", TENANT, "--base-url", base]);
      const environment = anEnvironment({ PUBLIC_BASE_URL: base });
      const { publicBaseUrl } = parseSettings(environment);
      const redirect = `${publicBaseUrl}/docs/oauth2-redirect`;
      expect(theApplication(tenant).spa.redirectUris).toEqual([redirect]);
    });
  }

  test("an application that was registered by hand is used by its client id", async () => {
    const tenant = newTenant();
    await setUpEntra(tenant, ["--tenant-id", TENANT, "--name", "made-by-hand"]);
    const { appId } = theApplication(tenant);
    const { code } = await setUpEntra(tenant, [...ALL, "--client-id", appId.toUpperCase()]);
    expect(code).toBe(0);
    expect(theApplication(tenant).spa.redirectUris).toHaveLength(1);
  });
});
