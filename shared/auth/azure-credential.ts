// Tokens for the gateway's own Azure identity: the managed identity in Azure, the developer's Azure CLI sign-in
// elsewhere (design §2). Cached and single-flight, because the federated assertion is asked for at every exchange and
// the CLI takes a second. It never reads settings and never falls back from one source to the other.

import { AppError } from "../errors/app-error.ts";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import type { Clock } from "../telemetry/clock.ts";
import { readCliToken } from "./azure-cli-token.ts";
import type { AzureToken } from "./azure-token.ts";
import { createManagedIdentityTokens } from "./managed-identity-token.ts";
import { createSingleFlight } from "./single-flight.ts";

/** The shape the Azure SDK calls a TokenCredential. */
export interface AzureCredential {
  /**
   * @param scopes `<resource>/.default`, alone or as the only element
   * @throws AppError service_credential_problem
   */
  getToken(scopes: string | string[]): Promise<AzureToken>;
}

export interface AzureCredentialDeps {
  /** True when `IDENTITY_ENDPOINT` is set. */
  readonly managedIdentity: boolean;
  /** `AZURE_CLIENT_ID`: the user-assigned identity; absent means the system-assigned one. */
  readonly azureClientId?: string;
  readonly send: SendOutbound;
  readonly clock: Clock;
}

const MARGIN_MS = 5 * 60_000;

export function createAzureCredential(deps: AzureCredentialDeps): AzureCredential {
  const { clock } = deps;
  const read = deps.managedIdentity ? createManagedIdentityTokens(deps) : readCliToken;
  const tokens = new Map<string, AzureToken>();
  const flight = createSingleFlight<AzureToken>();

  const load = async (scope: string): Promise<AzureToken> => {
    try {
      const token = await read(scope);
      tokens.set(scope, token);
      return token;
    } catch (cause) {
      throw credentialProblem(deps.managedIdentity, cause);
    }
  };

  return {
    async getToken(scopes) {
      const scope = Array.isArray(scopes) ? scopes.join(" ") : scopes;
      const known = tokens.get(scope);
      if (known && known.expiresOnTimestamp - MARGIN_MS > clock.now()) return known;
      return flight.run(scope, () => load(scope));
    },
  };
}

function credentialProblem(managedIdentity: boolean, cause: unknown): AppError {
  const remedy = managedIdentity
    ? "The gateway's operator checks that the function app has the managed identity that AZURE_CLIENT_ID names: az functionapp identity show."
    : "Sign in with the Azure CLI: az login --tenant <TENANT_ID>.";
  return new AppError(
    {
      code: "service_credential_problem",
      detail: "The gateway's own Azure identity gives no token.",
      remedy,
      retryAfterSeconds: 5,
    },
    { cause },
  );
}
