// Entra's signing keys, cached so that an outage of the key endpoint does not lock everyone out: refreshed in the
// background after 10 minutes, served up to 24 hours longer while the endpoint fails, refused on every call after.
// A flood of unknown key ids costs one refresh per cool-down, and no answer here is ever "accept".

import type { CryptoKey } from "jose";
import { AppError } from "../errors/app-error.ts";
import type { SendOutbound } from "../outbound/send-outbound.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { waitAtMost } from "../telemetry/wait-at-most.ts";
import { identityProviderOutage } from "./identity-provider-outage.ts";
import { type KeysById, readSigningKeys } from "./read-signing-keys.ts";
import { createSingleFlight } from "./single-flight.ts";

const FRESH_MS = 10 * 60_000;
const USABLE_MS = FRESH_MS + 24 * 3600_000;
/** Between refreshes while there are keys; new keys must be accepted within 60 s (design §3.1). */
const COOLDOWN_MS = 30_000;
/** Between tries while there are none: short, because every request is refused meanwhile. */
const EMPTY_COOLDOWN_MS = 2_000;
/** What one request waits for; the load itself may go on for longer. */
const WAIT_MS = 5_000;

export interface SigningKeys {
  /**
   * The public key with this id, or undefined when Entra does not list it.
   * @throws AppError identity_provider_unavailable when that cannot be known
   */
  find(kid: string): Promise<CryptoKey | undefined>;
  /** Tries to load now, for health. @throws AppError identity_provider_unavailable without usable keys */
  check(): Promise<"fresh" | "cached">;
}

export interface SigningKeysDeps {
  readonly url: string;
  readonly send: SendOutbound;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface LoadedKeys {
  readonly byId: KeysById;
  /** Epoch ms. */
  readonly at: number;
}

export function createSigningKeys({ url, send, clock, logger }: SigningKeysDeps): SigningKeys {
  const flight = createSingleFlight<KeysById>();
  let loaded: LoadedKeys | undefined;
  let lastTry = { at: Number.NEGATIVE_INFINITY, failed: false };

  const unavailable = () => new AppError(identityProviderOutage());
  const triedWithin = (ms: number) => clock.now() - lastTry.at < ms;

  const load = () =>
    flight.run("keys", async () => {
      lastTry = { at: clock.now(), failed: false };
      try {
        loaded = { byId: await readSigningKeys(url, send), at: clock.now() };
        return loaded.byId;
      } catch (error) {
        lastTry = { at: lastTry.at, failed: true };
        logger.warn("auth.signing_keys_not_loaded", { stale: loaded !== undefined });
        throw error;
      }
    });
  const loadInTime = async () => {
    const keys = await waitAtMost(clock, WAIT_MS, load());
    if (keys === undefined) throw unavailable();
    return keys;
  };
  const loadInBackground = () => void load().catch(() => undefined);

  /** Keys that may still be used, however they had to be got. */
  const usableKeys = async (): Promise<KeysById> => {
    const age = loaded === undefined ? Number.POSITIVE_INFINITY : clock.now() - loaded.at;
    if (loaded === undefined || age >= USABLE_MS) {
      // Refused on every call, also inside the cool-down: too old keys must not slip through between tries.
      if (!flight.running("keys") && triedWithin(EMPTY_COOLDOWN_MS)) throw unavailable();
      return loadInTime();
    }
    if (age >= FRESH_MS && !triedWithin(COOLDOWN_MS)) loadInBackground();
    return loaded.byId;
  };

  return {
    async find(kid) {
      const known = (await usableKeys()).get(kid);
      if (known) return known;
      if (flight.running("keys") || !triedWithin(COOLDOWN_MS)) return (await loadInTime()).get(kid);
      // The last look failed, so the key may well be a new one: not knowing is an outage, not a bad token.
      if (lastTry.failed) throw unavailable();
      return undefined;
    },
    async check() {
      try {
        await loadInTime();
        return "fresh";
      } catch {
        await usableKeys();
        return "cached";
      }
    },
  };
}
