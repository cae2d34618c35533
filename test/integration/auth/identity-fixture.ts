// The real msal-node and Key Vault clients against the simulated Entra, vault and managed identity over https.
// One set of simulators per test file; each test builds its own gateway side, so that nothing is cached between tests.

import { createCertificates, trustCertificate } from "../../../local/certificates.ts";
import { DATABRICKS_RESOURCE_ID } from "../../../local/entra/resources.ts";
import { type IdentityServices, startIdentityServices } from "../../../local/identity-services.ts";
import { GATEWAY_API, MANAGED_IDENTITY } from "../../../local/users.ts";
import { createAzureCredential } from "../../../shared/auth/azure-credential.ts";
import type { ClientCredentialSource } from "../../../shared/auth/client-credential.ts";
import { type ClientSecret, createClientSecret } from "../../../shared/auth/client-secret.ts";
import {
  createDatabricksTokens,
  type DatabricksTokens,
} from "../../../shared/auth/databricks-tokens.ts";
import { createInboundAuth, type InboundAuth } from "../../../shared/auth/inbound-auth.ts";
import { createKeyVaultReader } from "../../../shared/auth/key-vault-reader.ts";
import type { NetworkLimits } from "../../../shared/auth/msal-network.ts";
import { createOutbound } from "../../../shared/outbound/send-outbound.ts";
import { type Clock, systemClock } from "../../../shared/telemetry/clock.ts";
import type { LogFields, Logger } from "../../../shared/telemetry/logger.ts";

export const SECRET_NAME = "genie-client-secret";

export interface IdentityStand extends IdentityServices {
  /** The secret that Entra takes and the vault holds at the start. */
  readonly firstSecret: string;
  /** Puts a new secret into Entra and the vault and withdraws the old one. @returns the new one */
  rotateSecret(old: string): string;
}

/** Starts the simulators and makes this process trust them and have the managed identity, as in Azure. */
export async function startIdentityStand(): Promise<IdentityStand> {
  const { caPem, ...tls } = await createCertificates();
  trustCertificate(caPem);
  const services = await startIdentityServices({ tls });
  Object.assign(process.env, services.managedIdentity.environment);
  const { entra, keyVault } = services;
  const newSecret = () => {
    const value = entra.addSecret(GATEWAY_API.clientId);
    keyVault.put(SECRET_NAME, value);
    return value;
  };
  return {
    ...services,
    firstSecret: newSecret(),
    rotateSecret: (old) => {
      const value = newSecret();
      entra.removeSecret(GATEWAY_API.clientId, old);
      return value;
    },
  };
}

export interface GatewayOptions {
  readonly credential?: "key-vault" | "managed-identity" | { readonly plainSecret: string };
  readonly secretName?: string;
  readonly vaultTimeoutMs?: number;
  readonly managedIdentity?: boolean;
  readonly azureClientId?: string;
  readonly limits?: NetworkLimits;
  readonly waitMs?: number;
  readonly clock?: Clock;
}

export interface GatewaySide {
  readonly inbound: InboundAuth;
  readonly tokens: DatabricksTokens;
  readonly secret: ClientSecret;
  /** Everything logged so far, as text. */
  logText(): string;
}

/** The product's identity parts, cold, wired as the composition root wires them. */
export function aGatewaySide(stand: IdentityStand, options: GatewayOptions = {}): GatewaySide {
  const clock = options.clock ?? systemClock;
  const log: unknown[] = [];
  const record = (event: string, fields: LogFields = {}) => void log.push({ event, fields });
  const logger: Logger = { info: record, warn: record, error: record };
  // No jitter: retries follow each other at once.
  const send = createOutbound({ clock: systemClock, logger, random: () => 0 });
  const shared = { send, clock, logger };
  const azure = createAzureCredential({
    ...shared,
    managedIdentity: options.managedIdentity ?? true,
    azureClientId: options.azureClientId ?? MANAGED_IDENTITY.clientId,
  });
  const read = createKeyVaultReader({
    vaultUrl: stand.keyVault.url,
    credential: azure,
    ...(options.vaultTimeoutMs === undefined ? {} : { timeoutMs: options.vaultTimeoutMs }),
  });
  const name = options.secretName ?? SECRET_NAME;
  const secret = createClientSecret({ name, read, clock, logger });
  const { credential = "key-vault", limits, waitMs } = options;
  const sources = (): ClientCredentialSource => {
    if (credential === "key-vault") return { kind: "key-vault", secret };
    if (credential === "managed-identity") return { kind: credential, credential: azure };
    return { kind: "secret", value: credential.plainSecret };
  };
  const { clientId } = GATEWAY_API;
  const registration = { authorityHost: stand.entra.url, tenantId: stand.entra.tenantId, clientId };
  return {
    inbound: createInboundAuth({
      ...registration,
      ...shared,
      audiences: [clientId, `api://${clientId}`],
      scope: "access_as_user",
      appRole: "Genie.Ask",
      allowedClientIds: null,
    }),
    tokens: createDatabricksTokens({
      ...registration,
      ...shared,
      databricksResourceId: DATABRICKS_RESOURCE_ID,
      credential: sources(),
      ...(limits === undefined ? {} : { limits }),
      ...(waitMs === undefined ? {} : { waitMs }),
    }),
    secret,
    logText: () => JSON.stringify(log),
  };
}

/** A clock that runs with the machine's, ahead of it by what the test sets. */
export function aShiftedClock(): Clock & { shift(ms: number): void } {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    sleep: systemClock.sleep,
    shift: (ms) => {
      ahead += ms;
    },
  };
}
