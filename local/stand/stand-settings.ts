// The settings that point the gateway at the stand's simulators (design §2). Only these differ from a deployed
// app: the product never knows that it talks to simulators.

import { randomBytes } from "node:crypto";
import type { IdentityServices } from "../identity-services.ts";
import { GATEWAY_API, MANAGED_IDENTITY, TENANT_ID } from "../users.ts";
import { SPACE_IDS } from "./simulated-workspace.ts";

export type StandSettings = Readonly<Record<string, string>>;

const CLIENT_SECRET_NAME = "genie-client-secret";
/** Azurite's well-known development account; the value is the storage emulator's own short form. */
const DEVELOPMENT_STORAGE = "UseDevelopmentStorage=true";

/** Puts new secrets into the vault and gives the settings that find everything. */
export function createStandSettings(
  { entra, keyVault, managedIdentity }: IdentityServices,
  workspaceUrl: string,
  storage = DEVELOPMENT_STORAGE,
): StandSettings {
  keyVault.put(CLIENT_SECRET_NAME, entra.addSecret(GATEWAY_API.clientId));
  keyVault.put("genie-sealing-key", randomBytes(32).toString("base64"));
  keyVault.put("genie-webhook-signing", randomBytes(32).toString("base64"));
  return {
    TENANT_ID,
    CLIENT_ID: GATEWAY_API.clientId,
    KEY_VAULT_URL: keyVault.url,
    AUTHORITY_HOST: entra.url,
    AZURE_CLIENT_ID: MANAGED_IDENTITY.clientId,
    ...managedIdentity.environment,
    GENIE__WORKSPACE_URL: workspaceUrl,
    GENIE__SPACES: JSON.stringify(SPACE_IDS),
    AzureWebJobsStorage: storage,
  };
}
