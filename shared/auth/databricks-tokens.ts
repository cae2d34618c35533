// Databricks tokens for verified callers: users by on-behalf-of, apps and function-key holders as the app itself.
// A user never gets the app's token, whatever fails (design §1, principle 2).

import { AppError } from "../errors/app-error.ts";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Caller } from "./caller.ts";
import type { ClientCredentialSource } from "./client-credential.ts";
import { entraAuthority } from "./entra-authority.ts";
import type { NetworkLimits } from "./msal-network.ts";
import { createTokenBroker } from "./token-broker.ts";
import { createTokenExchange, type ExchangedToken, type TokenSubject } from "./token-exchange.ts";

/** Databricks access tokens of one caller, for the length of one request. */
export interface TokenSource {
  /** @throws AppError: Entra's refusal in our codes, identity_provider_unavailable, service_credential_problem */
  get(): Promise<string>;
  /** The token with its expiry (epoch ms), for custody (design §3.7). @throws AppError as `get` */
  getWithExpiry(): Promise<ExchangedToken>;
  /** Databricks refused it: forget it, so that the next get() exchanges anew. */
  reject(token: string): void;
}

export interface DatabricksTokens {
  forCaller(caller: Caller): TokenSource;
  /**
   * Asks Entra for a token of the app, past all that is kept. False: Entra refuses the credential itself, or there is none;
   * what Entra holds against the app's rights is no fault of the credential.
   *
   * @throws AppError identity_provider_unavailable
   */
  tryCredential(): Promise<boolean>;
}

export interface DatabricksTokensDeps {
  readonly authorityHost: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly databricksResourceId: string;
  readonly credential: ClientCredentialSource;
  readonly send: SendOutbound;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Default 8 s per try, 20 s in all. */
  readonly limits?: NetworkLimits;
  /** What one request waits for an exchange; with the 5 s for signing keys it stays within 20 s for Entra. */
  readonly waitMs?: number;
}

const LIMITS: NetworkLimits = { tryTimeoutMs: 8_000, budgetMs: 20_000 };
const WAIT_MS = 15_000;

export function createDatabricksTokens(deps: DatabricksTokensDeps): DatabricksTokens {
  const { clock, logger } = deps;
  const authority = entraAuthority(deps.authorityHost, deps.tenantId);
  const exchange = createTokenExchange({ ...deps, authority, limits: deps.limits ?? LIMITS });
  const broker = createTokenBroker({ exchange, clock, logger, waitMs: deps.waitMs ?? WAIT_MS });
  return {
    async tryCredential() {
      try {
        await exchange({ kind: "app" });
      } catch (error) {
        const code = error instanceof AppError ? error.failure.code : undefined;
        if (code === undefined || code === "identity_provider_unavailable") throw error;
        return code !== "service_credential_problem";
      }
      return true;
    },
    forCaller(caller) {
      const subject = subjectOf(caller);
      return {
        get: async () => (await broker.get(subject)).token,
        getWithExpiry: () => broker.get(subject),
        reject: (token) => broker.reject(subject, token),
      };
    },
  };
}

function subjectOf(caller: Caller): TokenSubject {
  switch (caller.kind) {
    case "user":
      return { kind: "user", assertion: caller.assertion };
    case "app":
    case "function-key":
      return { kind: "app" };
  }
}
