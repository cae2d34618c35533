// parseSettings over whole environments: defaults, bounds, and one error that names all faults.

import fc from "fast-check";
import { describe, expect } from "vitest";
import { parseSettings } from "../../../shared/config/settings.ts";
import { verifies } from "../../support/verifies.ts";
import {
  anAzureEnvironment,
  anEnvironment,
  CLIENT,
  configurationError,
  faultySettings,
  TENANT,
} from "./an-environment.ts";

verifies("settings.defaults", "the smallest environment gives the defaults of the table", () => {
  const settings = parseSettings(anEnvironment());
  expect(settings).toMatchObject({
    inAzure: false,
    publicBaseUrl: null,
    entra: {
      tenantId: TENANT,
      clientId: CLIENT,
      authorityHost: "https://login.microsoftonline.com",
    },
    inbound: {
      audiences: [CLIENT, `api://${CLIENT}`],
      scope: "access_as_user",
      appRole: "Genie.Ask",
      allowedClientIds: null,
      appEndpointAuth: "entra",
    },
    credential: { kind: "key-vault", secretName: "genie-client-secret" },
    managedIdentity: { available: false, clientId: null },
    databricks: { resourceId: "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d" },
    limits: { questionsPerMinute: 5, maxWaitSeconds: 90, deadlineMinutes: 10 },
    sealingKey: { kind: "key-vault", secretName: "genie-sealing-key" },
    signingSecret: { kind: "key-vault", secretName: "genie-webhook-signing" },
    callbackHosts: [
      { kind: "below", suffix: ".logic.azure.com" },
      { kind: "below", suffix: ".azure-apihub.net" },
      { kind: "below", suffix: ".api.powerplatform.com" },
    ],
  });
});

verifies("settings.defaults", "blank values count as not set, blanks around a value go", () => {
  const settings = parseSettings(
    anEnvironment({ API_SCOPE: "", GENIE__MAX_WAIT_SECONDS: " ", TENANT_ID: ` ${TENANT}\n` }),
  );
  expect(settings.inbound.scope).toBe("access_as_user");
  expect(settings.limits.maxWaitSeconds).toBe(90);
  expect(settings.entra.tenantId).toBe(TENANT);
});

verifies("settings.values", "settings are frozen all the way down", () => {
  const settings = parseSettings(anEnvironment());
  expect(Object.isFrozen(settings.entra)).toBe(true);
  expect(Object.isFrozen(settings.inbound.audiences)).toBe(true);
});

verifies("settings.all-faults", "an empty environment names everything that is required", () => {
  expect(faultySettings({})).toEqual([
    "AzureWebJobsStorage",
    "CLIENT_ID",
    "GENIE__SPACE_ID",
    "GENIE__WORKSPACE_URL",
    "KEY_VAULT_URL",
    "SEALING_KEY",
    "TENANT_ID",
  ]);
});

verifies("settings.all-faults", "one error names every fault and the detail reads well", () => {
  const error = configurationError(
    anEnvironment({ TENANT_ID: "contoso", GENIE__DEADLINE_MINUTES: "31", API_SCOPE: "a b" }),
  );
  expect(error?.failure.detail).toBe(
    "The settings are faulty: TENANT_ID must be a GUID; API_SCOPE must be one word without blanks; " +
      "GENIE__DEADLINE_MINUTES must be a whole number from 1 to 30.",
  );
});

verifies("settings.all-faults", "no value of a faulty setting is ever in the error", () => {
  const names = Object.keys(anAzureEnvironment()).concat(
    ["CLIENT_SECRET", "SEALING_KEY", "GENIE__SPACES", "CLIENT_CREDENTIAL", "API_AUDIENCE"],
    ["ALLOWED_CLIENT_IDS", "CALLBACK_ALLOWED_HOSTS", "PUBLIC_BASE_URL", "APP_ENDPOINT_AUTH"],
    ["WEBHOOK_SIGNING_SECRET", "AUTHORITY_HOST", "GENIE__MAX_WAIT_SECONDS"],
  );
  const marker = "zq7marker";
  const value = fc.oneof(fc.string(), fc.webUrl(), fc.json()).map((text) => `${marker} ${text}`);
  fc.assert(
    fc.property(fc.subarray(names, { minLength: 1 }), value, (chosen, text) => {
      const environment = anAzureEnvironment(
        Object.fromEntries(chosen.map((name) => [name, text])),
      );
      const failure = configurationError(environment)?.failure;
      expect(JSON.stringify(failure ?? {})).not.toContain(marker);
    }),
  );
});

describe("values", () => {
  const bad: [name: string, value: string][] = [
    ["TENANT_ID", "common"],
    ["CLIENT_ID", `{${CLIENT}}`],
    ["AZURE_CLIENT_ID", "mine"],
    ["AUTHORITY_HOST", "http://login.microsoftonline.com"],
    ["AUTHORITY_HOST", "http://127.0.0.1:8080"],
    ["AUTHORITY_HOST", "https://login.microsoftonline.com/tenant"],
    ["AUTHORITY_HOST", "https://user@login.microsoftonline.com"],
    ["API_AUDIENCE", " , "],
    ["API_SCOPE", "one two"],
    ["API_APP_ROLE", "röle"],
    ["ALLOWED_CLIENT_IDS", `${CLIENT},*`],
    ["ALLOWED_CLIENT_IDS", ","],
    ["GENIE__WORKSPACE_URL", "http://adb-1.azuredatabricks.net"],
    ["GENIE__WORKSPACE_URL", "http://127.0.0.1.evil.example"],
    ["GENIE__WORKSPACE_URL", "https://adb-1.azuredatabricks.net/?o=1"],
    ["GENIE__WORKSPACE_URL", "adb-1.azuredatabricks.net"],
    ["GENIE__QUESTIONS_PER_MINUTE", "1001"],
    ["GENIE__QUESTIONS_PER_MINUTE", "-1"],
    ["GENIE__MAX_WAIT_SECONDS", "0"],
    ["GENIE__MAX_WAIT_SECONDS", "201"],
    ["GENIE__MAX_WAIT_SECONDS", "1e2"],
    ["GENIE__DEADLINE_MINUTES", "0"],
    ["GENIE__DEADLINE_MINUTES", "10.5"],
    ["DATABRICKS_RESOURCE_ID", "AzureDatabricks"],
    ["CLIENT_CREDENTIAL", "password"],
    ["CLIENT_SECRET_NAME", "a/b"],
    ["KEY_VAULT_URL", "http://127.0.0.1:8443"],
    ["KEY_VAULT_URL", "https://genie.vault.azure.net/secrets/x"],
    ["ALLOW_PLAIN_SECRET", "yes"],
    ["SEALING_KEY", "c2hvcnQ="],
    ["WEBHOOK_SIGNING_SECRET", "whsec_c2hvcnQ="],
    ["PUBLIC_BASE_URL", "http://genie.example"],
    ["PUBLIC_BASE_URL", "https://genie.example/?a=b"],
    ["PUBLIC_BASE_URL", "/genie"],
  ];
  for (const [name, value] of bad) {
    verifies("settings.values", `${name}=${value} is a fault of this setting alone`, () => {
      expect(faultySettings(anEnvironment({ [name]: value }))).toEqual([name]);
    });
  }

  verifies("settings.values", "what the bounds allow is taken", () => {
    const settings = parseSettings(
      anEnvironment({
        TENANT_ID: TENANT.toUpperCase(),
        AUTHORITY_HOST: "https://127.0.0.1:8443/",
        GENIE__WORKSPACE_URL: "http://localhost:4000/",
        GENIE__QUESTIONS_PER_MINUTE: "0",
        GENIE__MAX_WAIT_SECONDS: "200",
        GENIE__DEADLINE_MINUTES: "1",
        ALLOWED_CLIENT_IDS: ` ${TENANT.toUpperCase()} , ${TENANT}`,
        API_AUDIENCE: "api://one, two",
        IDENTITY_ENDPOINT: "http://127.0.0.1/msi",
        AZURE_CLIENT_ID: CLIENT,
      }),
    );
    expect(settings.entra).toMatchObject({
      tenantId: TENANT,
      authorityHost: "https://127.0.0.1:8443",
    });
    expect(settings.databricks.workspaceUrl).toBe("http://localhost:4000");
    expect(settings.limits).toEqual({
      questionsPerMinute: 0,
      maxWaitSeconds: 200,
      deadlineMinutes: 1,
    });
    expect(settings.inbound.allowedClientIds).toEqual([TENANT, TENANT, CLIENT]);
    expect(settings.inbound.audiences).toEqual(["api://one", "two"]);
    expect(settings.managedIdentity).toEqual({ available: true, clientId: CLIENT });
  });
});

for (const name of ["WEBSITE_INSTANCE_ID", "WEBSITE_POD_NAME", "CONTAINER_NAME"]) {
  verifies("settings.in-azure", `${name} alone means Azure`, () => {
    const environment = anEnvironment({ [name]: "x", WEBSITE_HOSTNAME: "a.azurewebsites.net" });
    expect(parseSettings(environment).inAzure).toBe(true);
  });
}

verifies("settings.public-base-url", "outside Azure WEBSITE_HOSTNAME counts for nothing", () => {
  const environment = anEnvironment({ WEBSITE_HOSTNAME: "localhost:7071" });
  expect(parseSettings(environment).publicBaseUrl).toBeNull();
});
verifies("settings.public-base-url", "in Azure it is the host name, and required", () => {
  expect(parseSettings(anAzureEnvironment()).publicBaseUrl).toBe("https://genie.azurewebsites.net");
  const none = anAzureEnvironment({ WEBSITE_HOSTNAME: undefined });
  expect(faultySettings(none)).toEqual(["PUBLIC_BASE_URL"]);
});
verifies("settings.public-base-url", "a given one wins and loses its trailing slash", () => {
  const at = (url: string) => parseSettings(anAzureEnvironment({ PUBLIC_BASE_URL: url }));
  expect(at("https://api.example/genie/").publicBaseUrl).toBe("https://api.example/genie");
  expect(at("https://api.example").publicBaseUrl).toBe("https://api.example");
});
