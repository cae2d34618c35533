// Reads secrets through the real Key Vault client, loaded on first use. Bounds each read and says in our own words
// what an operator can do; it caches nothing and lets no upstream text out.

import type { SecretClient } from "@azure/keyvault-secrets";
import { AppError } from "../errors/app-error.ts";
import { inSpan } from "../telemetry/spans.ts";
import type { AzureCredential } from "./azure-credential.ts";
import { isLoopbackHost } from "./loopback-host.ts";

export interface VaultSecret {
  readonly value: string;
  readonly version: string;
  /** Null: the secret has no expiry date. */
  readonly expiresOn: Date | null;
}

export interface VaultVersion {
  readonly version: string;
  /** Epoch ms, to the second. */
  readonly createdAt: number;
}

/**
 * The latest version, or the named one.
 * @throws AppError service_credential_problem
 */
export type ReadVaultSecret = (name: string, version?: string) => Promise<VaultSecret>;

export interface KeyVault {
  readonly read: ReadVaultSecret;
  /** Enabled versions in any order; none when there is no such secret. @throws AppError service_credential_problem */
  listVersions(name: string): Promise<readonly VaultVersion[]>;
}

export interface KeyVaultReaderDeps {
  readonly vaultUrl: string;
  readonly credential: AzureCredential;
  /** Bound of one read with its retries; default 5,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const SPAN = {
  name: "GET /secrets/{}",
  kind: "client",
  attributes: { "peer.service": "key-vault" },
} as const;
const RETRIES = { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 };
/** A secret that is rotated daily reaches this in three years; the list is in no promised order, so none is cut. */
const MAX_VERSIONS = 1_000;

export function createKeyVaultReader(deps: KeyVaultReaderDeps): ReadVaultSecret {
  return createKeyVault(deps).read;
}

export function createKeyVault(deps: KeyVaultReaderDeps): KeyVault {
  let client: Promise<SecretClient> | undefined;
  const ask = async <T>(
    name: string,
    question: (client: SecretClient, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    client ??= createClient(deps);
    try {
      const abortSignal = AbortSignal.timeout(deps.timeoutMs ?? DEFAULT_TIMEOUT_MS);
      const vault = await client;
      return await inSpan(SPAN, () => question(vault, abortSignal));
    } catch (error) {
      throw vaultFailure(error, name);
    }
  };
  return {
    read: (name, version) =>
      ask(name, async (vault, abortSignal) => {
        const options = { abortSignal, ...(version === undefined ? {} : { version }) };
        const { value, properties } = await vault.getSecret(name, options);
        if (!value || properties.version === undefined) throw new Error("secret without a value");
        const { version: found, expiresOn = null } = properties;
        return { value, version: found, expiresOn };
      }),
    listVersions: (name) =>
      ask(name, async (vault, abortSignal) => {
        const versions: VaultVersion[] = [];
        for await (const properties of vault.listPropertiesOfSecretVersions(name, {
          abortSignal,
        })) {
          const { version, createdOn, enabled } = properties;
          if (version === undefined || createdOn === undefined || enabled === false) continue;
          versions.push({ version, createdAt: createdOn.getTime() });
          if (versions.length > MAX_VERSIONS) throw new Error("too many versions");
        }
        return versions;
      }),
  };
}

async function createClient({ vaultUrl, credential }: KeyVaultReaderDeps): Promise<SecretClient> {
  const { SecretClient } = await import("@azure/keyvault-secrets");
  return new SecretClient(vaultUrl, credential, {
    // The check wants the vault's host to end with the challenge's resource, which `localhost` never does.
    // It protects the token from a false vault, so it is off for a loopback address only.
    disableChallengeResourceVerification: isLoopbackHost(new URL(vaultUrl).hostname),
    retryOptions: RETRIES,
  });
}

function vaultFailure(error: unknown, name: string): AppError {
  if (error instanceof AppError) return error;
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 0;
  return new AppError(
    {
      code: "service_credential_problem",
      detail: "The gateway cannot read its secret from Key Vault.",
      remedy: vaultRemedy(status, name),
      retryAfterSeconds: 5,
    },
    { cause: new Error(`key vault: status ${status}`) },
  );
}

function vaultRemedy(status: number, name: string): string {
  switch (status) {
    case 403:
      return 'The gateway\'s operator grants its identity the role "Key Vault Secrets User" on the vault (az role assignment create --role "Key Vault Secrets User" --assignee <identity> --scope <vault id>) and checks that the secret is enabled.';
    case 404:
      return `The gateway's operator stores the secret, by standard input: az keyvault secret set --vault-name <vault> --name ${name} --value @- --output none.`;
    default:
      return "Try again shortly. If it lasts, the gateway's operator checks KEY_VAULT_URL and the vault's network rules.";
  }
}
