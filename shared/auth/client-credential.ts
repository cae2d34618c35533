// How the gateway proves to Entra that it is CLIENT_ID: a secret from Key Vault, a plain secret (local runs), or no secret
// at all, a token of the managed identity as federated assertion (`CLIENT_CREDENTIAL`, design §2).
// It never falls back from one to another.

import type { AzureCredential } from "./azure-credential.ts";
import type { ClientSecret } from "./client-secret.ts";

/** What one exchange presents. */
export type ClientCredential =
  | { readonly kind: "secret"; readonly value: string; readonly version: string | null }
  | { readonly kind: "assertion"; readonly value: string };

/** Where it comes from. */
export type ClientCredentialSource =
  | { readonly kind: "key-vault"; readonly secret: ClientSecret }
  | { readonly kind: "secret"; readonly value: string }
  | { readonly kind: "managed-identity"; readonly credential: AzureCredential };

/** The audience Entra expects of federated credentials in the public cloud. */
const FEDERATION_SCOPE = "api://AzureADTokenExchange/.default";

/** @throws AppError service_credential_problem */
export async function currentCredential(source: ClientCredentialSource): Promise<ClientCredential> {
  switch (source.kind) {
    case "key-vault": {
      const { value, version } = await source.secret.current();
      return { kind: "secret", value, version };
    }
    case "secret":
      return { kind: "secret", value: source.value, version: null };
    case "managed-identity":
      return {
        kind: "assertion",
        value: (await source.credential.getToken(FEDERATION_SCOPE)).token,
      };
  }
}

/**
 * Entra called the secret wrong or expired: another one to try once, or undefined when there is none.
 * @throws AppError service_credential_problem when the vault cannot be read
 */
export async function renewedCredential(
  source: ClientCredentialSource,
  refused: ClientCredential,
): Promise<ClientCredential | undefined> {
  if (source.kind !== "key-vault" || refused.kind !== "secret" || refused.version === null) {
    return undefined;
  }
  const { value, version } = await source.secret.renew(refused.version);
  return version === refused.version ? undefined : { kind: "secret", value, version };
}
