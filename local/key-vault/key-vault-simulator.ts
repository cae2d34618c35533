// A simulated Key Vault over https with the challenge flow of the real one: without a good token for the vault
// every request is 401 and names the authority to ask. Values are in memory and never in the request log.

import { type Clock, systemClock } from "../../shared/telemetry/clock.ts";
import type { Fault } from "../loopback-faults.ts";
import {
  type LoggedRequest,
  type LoopbackReply,
  type LoopbackRequest,
  startLoopbackServer,
} from "../loopback-server.ts";
import { answerSecretRequest, vaultError } from "./secret-endpoints.ts";
import { createSecretStore, type NewSecret } from "./secret-store.ts";

/** `forbidden`: a good token of somebody without the role Key Vault Secrets User. */
export type VaultAdmission = "admitted" | "unauthenticated" | "forbidden";

export interface KeyVaultOptions {
  readonly tls: { readonly key: string; readonly cert: string };
  /** `{AUTHORITY_HOST}/{TENANT_ID}`, named in the challenge. */
  readonly authority: string;
  /** Checks the bearer token for the resource https://vault.azure.net. */
  readonly admit: (token: string) => Promise<VaultAdmission>;
  readonly port?: number;
  readonly clock?: Clock;
}

export interface KeyVaultSimulator {
  /** `KEY_VAULT_URL`. */
  readonly url: string;
  readonly requests: readonly LoggedRequest[];
  /** Sets a secret. @returns the id of its new version */
  put(name: string, value: string, options?: NewSecret): string;
  /** Enables or disables a version, by default the latest. */
  setEnabled(name: string, enabled: boolean, version?: string): void;
  /** Orders a fault; without a body an error status carries the vault's error envelope. */
  injectFault(fault: Fault): void;
  clearFaults(): void;
  close(): Promise<void>;
}

async function answer(
  options: KeyVaultOptions,
  request: LoopbackRequest,
  serve: () => LoopbackReply,
): Promise<LoopbackReply> {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const admission = token === undefined ? "unauthenticated" : await options.admit(token);
  if (admission === "admitted") return serve();
  if (admission === "forbidden") {
    return vaultError(403, "Forbidden", "Caller is not authorized to perform action on resource.");
  }
  const refused = vaultError(
    401,
    "Unauthorized",
    "AKV10000: Request is missing a Bearer or PoP token.",
  );
  const challenge = `Bearer authorization="${options.authority}", resource="https://vault.azure.net"`;
  return { ...refused, headers: { ...refused.headers, "www-authenticate": challenge } };
}

const FAULT_BODY = {
  error: { code: "ServiceUnavailable", message: "The service is not available." },
};

/** @throws the listen error when the port is taken */
export async function startKeyVaultSimulator(options: KeyVaultOptions): Promise<KeyVaultSimulator> {
  const store = createSecretStore(options.clock ?? systemClock);
  const server = await startLoopbackServer({
    tls: options.tls,
    port: options.port ?? 0,
    handle: (request) =>
      answer(options, request, () => answerSecretRequest(store, request.url.origin, request)),
  });
  return {
    url: server.url,
    requests: server.requests,
    put: (name, value, secret) => store.put(name, value, secret).version,
    setEnabled: (name, enabled, version) => {
      const secret = store.get(name, version);
      if (secret) secret.enabled = enabled;
    },
    injectFault: (fault) => server.injectFault({ body: FAULT_BODY, ...fault }),
    clearFaults: server.clearFaults,
    close: server.close,
  };
}
