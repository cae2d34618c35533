// A complete and valid environment, and what parseSettings says about changes to it.

import { parseSettings } from "../../../shared/config/settings.ts";
import { AppError } from "../../../shared/errors/app-error.ts";

type Environment = Record<string, string | undefined>;

export const TENANT = "72f988bf-0000-4000-8000-2d7cd011db47";
export const CLIENT = "5f1d2a3b-0000-4000-8000-0123456789ab";

/** A local app with its secrets in a vault. */
export function anEnvironment(overrides: Environment = {}): Environment {
  return {
    TENANT_ID: TENANT,
    CLIENT_ID: CLIENT,
    KEY_VAULT_URL: "https://genie.vault.azure.net",
    GENIE__WORKSPACE_URL: "https://adb-1234567890123456.7.azuredatabricks.net",
    GENIE__SPACE_ID: "01f0a1b2c3d4e5f60718293a4b5c6d7e",
    AzureWebJobsStorage: "UseDevelopmentStorage=true",
    ...overrides,
  };
}

/** The same in Azure. */
export function anAzureEnvironment(overrides: Environment = {}): Environment {
  return anEnvironment({
    CONTAINER_NAME: "container-1",
    WEBSITE_HOSTNAME: "genie.azurewebsites.net",
    ...overrides,
  });
}

/** Names of the faulty settings, sorted; empty when all is well. */
export function faultySettings(environment: Environment): string[] {
  const faults = configurationError(environment)?.failure.errors ?? [];
  return faults.flatMap((fault) => ("parameter" in fault ? [fault.parameter] : [])).toSorted();
}

export function configurationError(environment: Environment): AppError | undefined {
  try {
    parseSettings(environment);
  } catch (error) {
    if (error instanceof AppError && error.failure.code === "configuration_error") return error;
    throw error;
  }
  return undefined;
}
