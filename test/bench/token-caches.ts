// The caches that the token bench compares: our broker, and msal-node's own on-behalf-of cache in the two ways it
// can be used. Each gets its tokens from the simulated Entra by real exchanges.

import { ConfidentialClientApplication } from "@azure/msal-node";
import type { EntraSimulator } from "../../local/entra/entra-simulator.ts";
import { DATABRICKS_RESOURCE_ID } from "../../local/entra/resources.ts";
import { GATEWAY_API } from "../../local/users.ts";
import { createDatabricksTokens } from "../../shared/auth/databricks-tokens.ts";
import { entraAuthority } from "../../shared/auth/entra-authority.ts";
import { createOutbound } from "../../shared/outbound/send-outbound.ts";
import { systemClock } from "../../shared/telemetry/clock.ts";

/** The Databricks token of the user with this assertion. */
export type GetToken = (assertion: string) => Promise<unknown>;

export interface Registration {
  readonly entra: EntraSimulator;
  readonly clientSecret: string;
}

const { clientId } = GATEWAY_API;

export function createBroker({ entra, clientSecret }: Registration): GetToken {
  const { tenantId } = entra;
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  const tokens = createDatabricksTokens({
    authorityHost: entra.url,
    tenantId,
    clientId,
    databricksResourceId: DATABRICKS_RESOURCE_ID,
    credential: { kind: "secret", value: clientSecret },
    send: createOutbound({ clock: systemClock, logger }),
    clock: systemClock,
    logger,
  });
  // The broker finds a token by the assertion alone.
  const caller = { kind: "user", tenantId, objectId: "any", clientId } as const;
  return (assertion) => tokens.forCaller({ ...caller, assertion }).get();
}

/** One client for everybody, as most samples show it. */
export function createSharedMsal(registration: Registration): GetToken {
  const client = createMsalClient(registration);
  return (oboAssertion) => client.acquireTokenOnBehalfOf({ oboAssertion, scopes });
}

/** One client for each user, as msal-node's own notes on performance advise. */
export function createMsalPerUser(registration: Registration): GetToken {
  const clients = new Map<string, ConfidentialClientApplication>();
  return (oboAssertion) => {
    const client = clients.get(oboAssertion) ?? createMsalClient(registration);
    clients.set(oboAssertion, client);
    return client.acquireTokenOnBehalfOf({ oboAssertion, scopes });
  };
}

const scopes = [`${DATABRICKS_RESOURCE_ID}/.default`];

function createMsalClient({ entra, clientSecret }: Registration): ConfidentialClientApplication {
  const { url: authority, host } = entraAuthority(entra.url, entra.tenantId);
  return new ConfidentialClientApplication({
    auth: { clientId, authority, knownAuthorities: [host], clientSecret },
  });
}
