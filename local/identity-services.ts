// Entra, managed identity and Key Vault wired as in Azure: the tenant issues the identity's tokens, and the
// vault admits what the tenant signed for it. Used by the stand and by tests; it adds no behaviour.

import type { Clock } from "../shared/telemetry/clock.ts";
import { type EntraSimulator, startEntraSimulator } from "./entra/entra-simulator.ts";
import type { SimulatedApp } from "./entra/registration.ts";
import { type KeyVaultSimulator, startKeyVaultSimulator } from "./key-vault/key-vault-simulator.ts";
import {
  type ManagedIdentitySimulator,
  startManagedIdentitySimulator,
} from "./managed-identity/managed-identity-simulator.ts";
import {
  MANAGED_IDENTITY,
  SIMULATED_APPS,
  SIMULATED_USERS,
  type SimulatedUser,
  TENANT_ID,
} from "./users.ts";

export interface IdentityServicesOptions {
  readonly tls: { readonly key: string; readonly cert: string };
  /** Default: those of the stand. */
  readonly users?: readonly SimulatedUser[];
  readonly apps?: readonly SimulatedApp[];
  /** 0 or left out: a free port. */
  readonly ports?: {
    readonly entra?: number;
    readonly keyVault?: number;
    readonly managedIdentity?: number;
  };
  readonly clock?: Clock;
}

export interface IdentityServices {
  readonly entra: EntraSimulator;
  readonly keyVault: KeyVaultSimulator;
  readonly managedIdentity: ManagedIdentitySimulator;
  close(): Promise<void>;
}

/** @throws the listen error when a port is taken */
export async function startIdentityServices(
  options: IdentityServicesOptions,
): Promise<IdentityServices> {
  const { tls, ports = {} } = options;
  const clock = options.clock ? { clock: options.clock } : {};
  const entra = await startEntraSimulator({
    tls,
    tenantId: TENANT_ID,
    users: options.users ?? SIMULATED_USERS,
    apps: options.apps ?? SIMULATED_APPS,
    port: ports.entra ?? 0,
    ...clock,
  });
  const managedIdentity = await startManagedIdentitySimulator({
    identities: [MANAGED_IDENTITY],
    issueToken: entra.issueManagedIdentityToken,
    port: ports.managedIdentity ?? 0,
  });
  const keyVault = await startKeyVaultSimulator({
    tls,
    authority: entra.authority,
    admit: async (token) => {
      const { kind } = await entra.verifyVaultToken(token);
      return kind === "invalid" ? "unauthenticated" : "admitted";
    },
    port: ports.keyVault ?? 0,
    ...clock,
  });
  return {
    entra,
    keyVault,
    managedIdentity,
    close: async () => {
      await Promise.all([entra.close(), keyVault.close(), managedIdentity.close()]);
    },
  };
}
