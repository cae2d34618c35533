// Tokens of the function app's managed identity through msal, which finds the endpoint and its header in the
// environment itself. @azure/identity would do the same for 100 ms more of import (measured).

import type { ManagedIdentityApplication } from "@azure/msal-node";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { AzureToken } from "./azure-token.ts";
import { createMsalNetwork } from "./msal-network.ts";

export interface ManagedIdentityDeps {
  readonly azureClientId?: string;
  readonly send: SendOutbound;
  readonly clock: Clock;
}

/** The endpoint is on the same machine; a cold start of its sidecar takes a few seconds. */
const LIMITS = { tryTimeoutMs: 4_000, budgetMs: 8_000 };

export function createManagedIdentityTokens(
  deps: ManagedIdentityDeps,
): (scope: string) => Promise<AzureToken> {
  let application: Promise<ManagedIdentityApplication> | undefined;
  return async (scope) => {
    application ??= createApplication(deps);
    const resource = scope.replace(/\/\.default$/, "");
    const { accessToken, expiresOn } = await (await application).acquireToken({ resource });
    if (expiresOn === null) throw new Error("managed identity token without an expiry");
    return { token: accessToken, expiresOnTimestamp: expiresOn.getTime() };
  };
}

async function createApplication({ azureClientId, send, clock }: ManagedIdentityDeps) {
  const { ManagedIdentityApplication } = await import("@azure/msal-node");
  return new ManagedIdentityApplication({
    ...(azureClientId === undefined
      ? {}
      : { managedIdentityIdParams: { userAssignedClientId: azureClientId } }),
    system: {
      networkClient: createMsalNetwork(send, LIMITS, clock.now),
      disableInternalRetries: true,
    },
  });
}
