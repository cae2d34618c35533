// What azd's hooks do, as a function of azd's environment: what is missing before the infrastructure is made, and how the
// registration script is called after it. Pure; no value in it is secret.

import { HTTPS_BASE } from "../cli/option-rules.ts";

export type AzdEnvironment = Readonly<Record<string, string | undefined>>;

const NEEDED = {
  GENIE_CLIENT_ID:
    "client id of the gateway's app registration: npm run setup:entra -- --tenant-id … prints it",
  GENIE_WORKSPACE_URL: "address of the Databricks workspace, as https://adb-….azuredatabricks.net",
  GENIE_CLIENT_CREDENTIAL: "key-vault, or managed-identity for no client secret at all",
  GENIE_ALLOWED_CLIENT_IDS:
    "JSON list of the applications that may ask, or null for all of the tenant",
  GENIE_PRIVATE_NETWORK: "true closes storage and vault to the internet, or false",
  GENIE_ALERT_EMAIL: "who is told of alerts, or none",
} as const;

/** One line for each variable that is missing, or of a form that the registration would refuse after the deployment. */
export function missingVariables(environment: AzdEnvironment): string[] {
  const lines = Object.entries(NEEDED).flatMap(([name, what]) =>
    environment[name]?.trim() ? [] : [`azd env set ${name} …   (${what})`],
  );
  const baseUrl = environment.GENIE_PUBLIC_BASE_URL?.trim();
  if (baseUrl && !HTTPS_BASE.form.test(baseUrl)) {
    lines.push(`azd env set GENIE_PUBLIC_BASE_URL …   (${HTTPS_BASE.says})`);
  }
  const hasSpace = [environment.GENIE_SPACE_ID, environment.GENIE_SPACES].some((text) =>
    text?.trim(),
  );
  return hasSpace ? lines : [...lines, "azd env set GENIE_SPACE_ID …   (id of the Genie space)"];
}

/** Arguments of `npm run setup:entra --`, from what the deployment answered. @throws Error that names what it did not */
export function setupArguments(environment: AzdEnvironment): string[] {
  const given = (name: string): string => {
    const value = environment[name]?.trim();
    if (value) return value;
    throw new Error(`azd does not know ${name}: azd provision sets it`);
  };
  const secretless = environment.GENIE_CLIENT_CREDENTIAL?.trim() === "managed-identity";
  const credential = secretless
    ? [
        "--credential",
        "managed-identity",
        "--identity-principal-id",
        given("IDENTITY_PRINCIPAL_ID"),
      ]
    : ["--credential", "secret"];
  return [
    ...["--tenant-id", given("TENANT_ID")],
    ...["--client-id", given("GENIE_CLIENT_ID")],
    ...["--base-url", given("GATEWAY_URL")],
    ...["--vault", given("KEY_VAULT_NAME")],
    ...credential,
  ];
}
