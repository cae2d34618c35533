// The developer's own Azure CLI sign-in, for runs outside Azure. Loads @azure/identity on first use only:
// it costs a quarter of a second unbundled, and no deployed app needs it.

import type { AzureToken } from "./azure-token.ts";

const CLI_TIMEOUT_MS = 8_000;

/** @throws whatever @azure/identity throws without `az` or without a sign-in */
export async function readCliToken(scope: string): Promise<AzureToken> {
  const { AzureCliCredential } = await import("@azure/identity");
  const credential = new AzureCliCredential({ processTimeoutInMs: CLI_TIMEOUT_MS });
  return credential.getToken(scope);
}
