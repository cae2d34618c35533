// Reads secrets through the real Key Vault client, loaded on first use. Bounds each read and says in our own words
// what an operator can do; it caches nothing and lets no upstream text out.

import type { SecretClient } from "@azure/keyvault-secrets";
import { AppError } from "../errors/app-error.ts";
import type { AzureCredential } from "./azure-credential.ts";
import { isLoopbackHost } from "./loopback-host.ts";

export interface VaultSecret {
  readonly value: string;
  readonly version: string;
  /** Null: the secret has no expiry date. */
  readonly expiresOn: Date | null;
}

/** @throws AppError service_credential_problem */
export type ReadVaultSecret = (name: string) => Promise<VaultSecret>;

export interface KeyVaultReaderDeps {
  readonly vaultUrl: string;
  readonly credential: AzureCredential;
  /** Bound of one read with its retries; default 5,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const RETRIES = { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 };

export function createKeyVaultReader(deps: KeyVaultReaderDeps): ReadVaultSecret {
  let client: Promise<SecretClient> | undefined;
  return async (name) => {
    client ??= createClient(deps);
    try {
      const abortSignal = AbortSignal.timeout(deps.timeoutMs ?? DEFAULT_TIMEOUT_MS);
      const { value, properties } = await (await client).getSecret(name, { abortSignal });
      if (!value || properties.version === undefined) throw new Error("secret without a value");
      return { value, version: properties.version, expiresOn: properties.expiresOn ?? null };
    } catch (error) {
      throw vaultFailure(error, name);
    }
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
      return `The gateway's operator stores the secret: az keyvault secret set --vault-name <vault> --name ${name} --value <secret>.`;
    default:
      return "Try again shortly. If it lasts, the gateway's operator checks KEY_VAULT_URL and the vault's network rules.";
  }
}
