// Identity from the settings: who may come in, and how callers get their Databricks tokens.

import { type AzureCredential, createAzureCredential } from "../auth/azure-credential.ts";
import type { ClientCredentialSource } from "../auth/client-credential.ts";
import { type ClientSecret, createClientSecret } from "../auth/client-secret.ts";
import { createDatabricksTokens, type DatabricksTokens } from "../auth/databricks-tokens.ts";
import { createInboundAuth, type InboundAuth } from "../auth/inbound-auth.ts";
import { createKeyVaultReader } from "../auth/key-vault-reader.ts";
import type { Settings } from "../config/settings.ts";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";

export interface Identity {
  readonly inbound: InboundAuth;
  readonly tokens: DatabricksTokens;
  /** Null when the credential in use is no secret of the key vault. */
  readonly clientSecret: ClientSecret | null;
}

interface IdentityDeps {
  readonly send: SendOutbound;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createIdentity(settings: Settings, deps: IdentityDeps): Identity {
  const azure = createAzureCredential({
    managedIdentity: settings.managedIdentity.available,
    ...(settings.managedIdentity.clientId === null
      ? {}
      : { azureClientId: settings.managedIdentity.clientId }),
    ...deps,
  });
  const clientSecret = createVaultSecret(settings, azure, deps);
  return {
    inbound: createInboundAuth({ ...settings.entra, ...settings.inbound, ...deps }),
    tokens: createDatabricksTokens({
      ...settings.entra,
      ...deps,
      databricksResourceId: settings.databricks.resourceId,
      credential: credentialSource(settings, azure, clientSecret),
    }),
    clientSecret,
  };
}

function createVaultSecret(
  { credential }: Settings,
  azure: AzureCredential,
  { clock, logger }: IdentityDeps,
): ClientSecret | null {
  if (credential.kind !== "key-vault") return null;
  const read = createKeyVaultReader({ vaultUrl: credential.vaultUrl, credential: azure });
  return createClientSecret({ name: credential.secretName, read, clock, logger });
}

function credentialSource(
  { credential }: Settings,
  azure: AzureCredential,
  clientSecret: ClientSecret | null,
): ClientCredentialSource {
  if (clientSecret !== null) return { kind: "key-vault", secret: clientSecret };
  if (credential.kind === "secret") return { kind: "secret", value: credential.secret };
  return { kind: "managed-identity", credential: azure };
}
