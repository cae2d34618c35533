// Keeps exchanged Databricks tokens in this process: a bounded LRU under sha256(assertion), one exchange per key at a time,
// refusals remembered for a few seconds, a valid app token served while its renewal fails (design §1, §4).
// A user's token is only ever found with that same user's assertion.

import { createHash } from "node:crypto";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { measure } from "../telemetry/measure.ts";
import { waitAtMost } from "../telemetry/wait-at-most.ts";
import { identityProviderOutage } from "./identity-provider-outage.ts";
import { createLruMap } from "./lru-map.ts";
import { createSingleFlight } from "./single-flight.ts";
import type { ExchangedToken, ExchangeToken, TokenSubject } from "./token-exchange.ts";

export interface TokenBroker {
  /** @throws AppError: Entra's refusal in our codes, identity_provider_unavailable, service_credential_problem */
  get(subject: TokenSubject): Promise<ExchangedToken>;
  /** Databricks refused `token`: it is not served again. */
  reject(subject: TokenSubject, token: string): void;
}

export interface TokenBrokerDeps {
  readonly exchange: ExchangeToken;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What one caller waits for; the exchange itself may go on for longer. */
  readonly waitMs: number;
  /** Default 5,000. */
  readonly maxEntries?: number;
}

const MAX_ENTRIES = 5_000;
/** A token is renewed this long before it expires, so that work begun with it can end with it. */
const MARGIN_MS = 5 * 60_000;
const REFUSAL_MS = 5_000;
/** Between tries to renew an app token that is still valid. */
const RENEWAL_PAUSE_MS = 10_000;

type Entry =
  | (ExchangedToken & { readonly kind: "token"; readonly renewFrom: number })
  | { readonly kind: "refused"; readonly error: AppError; readonly until: number };

export function createTokenBroker(deps: TokenBrokerDeps): TokenBroker {
  const { exchange, clock, logger, waitMs } = deps;
  const entries = createLruMap<Entry>(deps.maxEntries ?? MAX_ENTRIES);
  const flight = createSingleFlight<ExchangedToken>();

  const keepFailure = (key: string, error: unknown): void => {
    const entry = entries.get(key);
    const now = clock.now();
    if (entry?.kind === "token" && entry.expiresAt > now) {
      entries.set(key, { ...entry, renewFrom: now + RENEWAL_PAUSE_MS });
    } else if (error instanceof AppError && isDefinitive(error)) {
      entries.set(key, { kind: "refused", error, until: now + REFUSAL_MS });
    }
  };

  const renew = (key: string, subject: TokenSubject): Promise<ExchangedToken> =>
    flight.run(key, async () => {
      try {
        const fresh = await exchange(subject);
        entries.set(key, { kind: "token", ...fresh, renewFrom: fresh.expiresAt - MARGIN_MS });
        return fresh;
      } catch (error) {
        keepFailure(key, error);
        throw error;
      }
    });

  const inTime = async (renewal: Promise<ExchangedToken>): Promise<ExchangedToken> => {
    const renewed = await waitAtMost(clock, waitMs, renewal);
    if (renewed === undefined) throw new AppError(identityProviderOutage());
    return renewed;
  };

  return {
    async get(subject) {
      const key = keyOf(subject);
      const entry = entries.get(key);
      const now = clock.now();
      const isKnown = entry !== undefined && lastsUntil(entry) > now;
      const result = isKnown ? "hit" : "miss";
      measure("genie.token.cache", 1, { caller: subject.kind, result });
      if (entry?.kind === "refused" && entry.until > now) throw entry.error;
      if (entry?.kind === "token" && entry.renewFrom > now && entry.expiresAt > now) return entry;
      const renewal = renew(key, subject);
      if (subject.kind === "app" && entry?.kind === "token" && entry.expiresAt > now) {
        // Still valid: nobody waits for the renewal, and an outage of Entra is not felt until the real expiry.
        renewal.catch(() => logger.warn("auth.app_token_not_renewed"));
        return entry;
      }
      return inTime(renewal);
    },
    reject(subject, token) {
      const key = keyOf(subject);
      const entry = entries.get(key);
      if (entry?.kind === "token" && entry.token === token) entries.delete(key);
    },
  };
}

const lastsUntil = (entry: Entry): number =>
  entry.kind === "refused" ? entry.until : Math.min(entry.renewFrom, entry.expiresAt);

const keyOf = (subject: TokenSubject): string =>
  subject.kind === "user"
    ? `user:${createHash("sha256").update(subject.assertion).digest("base64url")}`
    : "app";

/** What says when to try again may be over in a moment; everything else needs a person first. */
const isDefinitive = (error: AppError): boolean => error.failure.retryAfterSeconds === undefined;
