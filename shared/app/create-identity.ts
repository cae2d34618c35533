// Identity from the settings: who may come in, how callers get their Databricks tokens, and the gateway's own
// credential with the secrets that it opens.

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
  /** The gateway's own Azure identity. */
  readonly azure: AzureCredential;
  /** The one for storage: another only where the storage settings name another (`AzureWebJobsStorage__clientId`). */
  readonly storage: AzureCredential;
  /** Null when the credential in use is no secret of the key vault. */
  readonly clientSecret: ClientSecret | null;
  /** Null when no signing secret is configured. */
  readonly readSigningSecret: (() => Promise<string>) | null;
}

interface IdentityDeps {
  readonly send: SendOutbound;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createIdentity(settings: Settings, deps: IdentityDeps): Identity {
  const { clientId } = settings.managedIdentity;
  const azure = azureCredential(settings, clientId, deps);
  const storageClientId = settings.storage.kind === "identity" ? settings.storage.clientId : null;
  const isOwn = storageClientId === null || storageClientId === clientId;
  const { credential, signingSecret } = settings;
  const clientSecret =
    credential.kind === "key-vault" ? vaultSecret(credential, azure, deps) : null;
  return {
    azure,
    storage: isOwn ? azure : azureCredential(settings, storageClientId, deps),
    clientSecret,
    inbound: createInboundAuth({ ...settings.entra, ...settings.inbound, ...deps }),
    tokens: createDatabricksTokens({
      ...settings.entra,
      ...deps,
      databricksResourceId: settings.databricks.resourceId,
      credential: credentialSource(settings, azure, clientSecret),
    }),
    readSigningSecret: signingSecretReader(signingSecret, azure, deps),
  };
}

function azureCredential(
  { managedIdentity }: Settings,
  clientId: string | null,
  deps: IdentityDeps,
): AzureCredential {
  const named = clientId === null ? {} : { azureClientId: clientId };
  return createAzureCredential({ managedIdentity: managedIdentity.available, ...named, ...deps });
}

/** Kept and renewed like every secret of the vault (client-secret.ts). */
function vaultSecret(
  { vaultUrl, secretName: name }: { readonly vaultUrl: string; readonly secretName: string },
  credential: AzureCredential,
  { clock, logger }: IdentityDeps,
): ClientSecret {
  const read = createKeyVaultReader({ vaultUrl, credential });
  return createClientSecret({ name, read, clock, logger });
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

function signingSecretReader(
  source: Settings["signingSecret"],
  azure: AzureCredential,
  deps: IdentityDeps,
): (() => Promise<string>) | null {
  if (source === null) return null;
  if (source.kind === "plain") return async () => source.base64;
  const secret = vaultSecret(source, azure, deps);
  return async () => (await secret.current()).value;
}
