// What a person reads who deploys with something missing in the environment: main.bicepparam, compiled as it is, in processes that
// have other variables. Nothing is deployed, and a fault here is a deployment that would have gone through.

import path from "node:path";
import type { BicepProcess } from "./bicep-process.ts";
import { INFRA } from "./infrastructure.ts";

/** Invented, of what has no default: in a deployment whoever lacks one of them is stopped with its name. */
export const NEEDED_VARIABLES: Readonly<Record<string, string>> = {
  AZURE_ENV_NAME: "demo",
  AZURE_LOCATION: "westeurope",
  GENIE_CLIENT_ID: "11111111-1111-4111-8111-111111111111",
  GENIE_CLIENT_CREDENTIAL: "key-vault",
  GENIE_WORKSPACE_URL: "https://adb-1234567890123456.7.azuredatabricks.net",
  GENIE_ALLOWED_CLIENT_IDS: "null",
  GENIE_PRIVATE_NETWORK: "false",
  GENIE_ALERT_EMAIL: "none",
};
const SPACE = { GENIE_SPACE_ID: "01ef0000000000000000000000000001" };
const NO_SPACE = "Set GENIE_SPACE_ID";

/** Complete: what any other compilation in this check starts from. */
export const ENVIRONMENT: Readonly<Record<string, string>> = { ...NEEDED_VARIABLES, ...SPACE };

export type StartWith = (environment: Readonly<Record<string, string>>) => BicepProcess;

export async function parameterFaults(start: StartWith): Promise<string[]> {
  const [missing, noSpace] = await Promise.all([
    messages(start, SPACE),
    messages(start, NEEDED_VARIABLES),
  ]);
  return [
    ...Object.keys(NEEDED_VARIABLES)
      .filter((name) => !missing.some((text) => text.includes(`"${name}" does not exist`)))
      .map((name) => `a deployment without ${name} is not stopped`),
    ...(noSpace.some((text) => text.includes(NO_SPACE)) ? [] : ["one without a space is not"]),
  ];
}

async function messages(
  start: StartWith,
  environment: Readonly<Record<string, string>>,
): Promise<string[]> {
  await using bicep = start(environment);
  const file = path.join(INFRA, "main.bicepparam");
  const request = { path: file, parameterOverrides: {} };
  const { diagnostics } = await bicep.call("compileParams", request);
  return diagnostics.filter(({ level }) => level === "Error").map(({ message }) => message);
}
