// What stops the registration script, and what it leaves to an admin: each in words that say what to do.

import { describe, expect, test } from "vitest";
import { WrongOptions } from "../../../infra/cli/option-rules.ts";
import * as names from "../../../infra/entra/names.ts";
import { readEntraOptions } from "../../../infra/entra/options.ts";
import { parseSettings } from "../../../shared/config/settings.ts";
import { setUpEntra } from "../../support/scripted-cli/in-process.ts";
import { newTenant, TENANT } from "../../support/scripted-cli/scripted-tenant.ts";
import { verifies } from "../../support/verifies.ts";
import { anEnvironment } from "../config/an-environment.ts";

const ALL = ["--tenant-id", TENANT, "--vault", "kv-genie"];
const SECRETLESS = ["--vault", "kv-genie", "--credential", "managed-identity"];
const OTHER = "22222222-2222-4333-8444-555555555555";

describe("refused", () => {
  verifies("infra.setup-refusals", "nobody is signed in", async () => {
    const { code, printed } = await setUpEntra(newTenant({ signedIn: null }), ALL);
    expect(code).toBe(1);
    expect(printed).toContain("Sign in first: az login");
  });

  verifies("infra.setup-refusals", "another tenant, before anything is changed", async () => {
    const tenant = newTenant({ signedIn: OTHER });
    const { code, printed, calls } = await setUpEntra(tenant, ALL);
    expect([code, calls.length]).toEqual([1, 1]);
    expect(printed).toContain(`not to --tenant-id. Sign in: az login --tenant ${TENANT}`);
  });

  test("a client id that is not in the tenant registers nothing", async () => {
    const tenant = newTenant();
    const { code, printed } = await setUpEntra(tenant, [...ALL, "--client-id", OTHER]);
    expect([code, tenant.applications]).toEqual([1, []]);
    expect(printed).toContain("There is no application with the --client-id given");
  });
});

describe("left for an admin", () => {
  verifies("infra.left-for-admin", "consent; everything else is done", async () => {
    const tenant = newTenant({ mayConsent: false });
    const { code, printed } = await setUpEntra(tenant, ALL);
    const clientId = tenant.applications[0]?.appId;
    expect(code).toBe(3);
    expect(printed).toContain(
      `az ad app permission grant --id ${clientId} --api 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d --scope user_impersonation`,
    );
    expect(printed).toContain(`${TENANT}/adminconsent?client_id=${clientId}`);
    expect(Object.keys(tenant.secrets)).toHaveLength(3);
    tenant.mayConsent = true;
    expect((await setUpEntra(tenant, ALL)).code).toBe(0);
  });

  verifies("infra.left-for-admin", "a tenant without Azure Databricks", async () => {
    const tenant = newTenant({ principals: [], mayAddPrincipals: false });
    const { code, printed } = await setUpEntra(tenant, ALL);
    expect(code).toBe(3);
    expect(printed).toContain("az ad sp create --id 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d");
    tenant.mayAddPrincipals = true;
    expect((await setUpEntra(tenant, ALL)).code).toBe(0);
    expect(tenant.grants).toHaveLength(1);
  });
});

describe("options", () => {
  const wrong: [name: string, values: string[]][] = [
    ["tenant-id", ["", "contoso.com", `${TENANT}0`]],
    ["name", ["x", "a b", "it's", `${"n".repeat(61)}`]],
    ["client-id", ["api://x", "1"]],
    ["base-url", ["http://gw.example.com", "https://gw.example.com?a", "https://localhost", "gw"]],
    [
      "base-url",
      ["https://a@gw.example.com", "https://gw.example.com/a#b", "https://g.example/a b"],
    ],
    ["vault", ["kv", "https://kv.vault.azure.net", "kv--x", "-kv-genie", "k".repeat(25)]],
    ["credential", ["certificate", "Secret"]],
    ["identity-principal-id", ["id"]],
    ["secret-days", ["0", "731", "1.5", "-1", "1e2", "soon"]],
    ["rotate", ["everything", "sealing_key"]],
    ["allow-connector", ["me"]],
  ];
  for (const [name, values] of wrong) {
    verifies("infra.setup-refusals", `--${name} with a wrong value`, () => {
      for (const value of values) {
        const args = name === "tenant-id" ? [] : ["--tenant-id", TENANT];
        const fault = faultOf([...args, `--${name}=${value}`]);
        expect(fault, value).toMatch(new RegExp(`^--${name} must be `));
        if (value.length > 3) expect(fault.replace(/, as .*/, "")).not.toContain(value);
      }
    });
  }

  verifies("infra.setup-refusals", "all faults are named at once; unknown options too", () => {
    expect(faultOf(["--vault", "?", "--secret-days", "0"]).split("\n")).toHaveLength(3);
    expect(faultOf(["--tenant-id", TENANT, "--secret", "x"])).toContain("--secret");
    expect(faultOf(["--tenant-id", TENANT, "stray"])).toContain("stray");
    expect(faultOf([])).toBe("--tenant-id is needed");
  });

  const impossible = [
    [["--rotate", "sealing-key"], "--rotate needs --vault"],
    [["--remove-old-secrets"], "--remove-old-secrets needs --vault"],
    [[...SECRETLESS, "--rotate", "client-secret"], "no client secret to replace"],
    [[...SECRETLESS, "--remove-old-secrets"], "no client secret is in use"],
    [["--identity-principal-id", OTHER], "needs --credential managed-identity"],
  ] as const;
  for (const [args, reason] of impossible) {
    verifies("infra.setup-refusals", `what cannot be done: ${args.join(" ")}`, async () => {
      const run = await setUpEntra(newTenant(), ["--tenant-id", TENANT, ...args]);
      expect([run.code, run.calls]).toEqual([2, []]);
      expect(run.printed).toContain(reason);
    });
  }

  test("wrong options end with 2 and call nothing", async () => {
    const { code, calls, printed } = await setUpEntra(newTenant(), ["--tenant-id", "x"]);
    expect([code, calls]).toEqual([2, []]);
    expect(printed).toContain("--help lists the options");
  });

  test("help ends with 0", async () => {
    expect(await setUpEntra(newTenant(), ["--help"])).toMatchObject({ code: 0, calls: [] });
  });
});

function faultOf(args: readonly string[]): string {
  try {
    readEntraOptions(args);
  } catch (error) {
    if (error instanceof WrongOptions) return error.message;
    throw error;
  }
  throw new Error("taken as right");
}

test("the names are the defaults of the gateway's settings", () => {
  const settings = parseSettings(anEnvironment());
  expect(settings).toMatchObject({
    inbound: { scope: names.API_SCOPE, appRole: names.API_APP_ROLE },
    credential: { secretName: names.CLIENT_SECRET_NAME },
    sealingKey: { secretName: names.SEALING_KEY_NAME },
    signingSecret: { secretName: names.SIGNING_SECRET_NAME },
    databricks: { resourceId: names.DATABRICKS_APP_ID },
  });
});
