// The sealing keys of a vault secret: one key for each version (design §2). Kept in memory so that neither a slow nor
// an absent vault stops anything: looked at anew after an hour in the background, served up to 24 hours while the
// vault fails, looked at sooner when a sealed text names a version that is not known yet.

import { AppError } from "../errors/app-error.ts";
import { type KeyVersion, newestFirst, versionsForHashes } from "./key-charge.ts";
import { parseKeyText } from "./key-text.ts";
import type { SealingKey, SealingKeys } from "./sealing-keys.ts";

export interface SealingKeyRingDeps {
  /** Enabled versions of the secret, in any order. Throws AppError `service_credential_problem`. */
  readonly listVersions: () => Promise<readonly KeyVersion[]>;
  /** Throws AppError `service_credential_problem`. */
  readonly readVersion: (version: string) => Promise<string>;
  readonly clock: { now(): number; sleep(ms: number): Promise<void> };
  /** The vault failed and what is kept still serves. */
  readonly onStale: () => void;
}

const SOFT_LIFETIME_MS = 3_600_000;
const HARD_LIFETIME_MS = 24 * SOFT_LIFETIME_MS;
/** Between two looks at the vault, whatever is asked for: callers can name key ids too (design §3.6 `download`). */
const MIN_INTERVAL_MS = 5_000;
/** The form of a vault version; anything else is refused without asking the vault. */
const VERSION = /^[0-9a-f]{32}$/;

export function createSealingKeyRing(deps: SealingKeyRingDeps): SealingKeys {
  const versions = createVersionList(deps);
  const keys = new Map<string, Promise<SealingKey>>();

  /** The value of a version never changes, so it is read once. */
  const keyOf = ({ version }: KeyVersion): Promise<SealingKey> => {
    const known = keys.get(version) ?? readKey(deps, version);
    keys.set(version, known);
    known.catch(() => keys.delete(version));
    return known;
  };
  const find = (list: readonly KeyVersion[], id: string) =>
    list.find(({ version }) => version === id);

  return {
    newest: async () => {
      const [newest] = newestFirst(await versions.current());
      if (newest === undefined) throw keyProblem("There is no enabled version of it.");
      return keyOf(newest);
    },
    byId: async (id) => {
      if (!VERSION.test(id)) return undefined;
      const looksBefore = versions.looks();
      const version =
        find(await versions.current(), id) ?? find(await versions.newerThan(looksBefore), id);
      return version && keyOf(version);
    },
    forHashes: async () => {
      const chosen = versionsForHashes(await versions.current(), deps.clock.now());
      if (chosen.length === 0) throw keyProblem("There is no enabled version of it.");
      return Promise.all(chosen.map(keyOf));
    },
  };
}

interface Kept {
  readonly versions: readonly KeyVersion[];
  readonly at: number;
  /** Which look at the vault found them. */
  readonly look: number;
}

/** The list of versions with its lifetimes; one look at the vault at a time. */
function createVersionList({ listVersions, clock, onStale }: SealingKeyRingDeps) {
  let kept: Kept | undefined;
  let looks = 0;
  let lastLook = Number.NEGATIVE_INFINITY;
  let flight: Promise<readonly KeyVersion[]> | undefined;

  const load = async (pauseMs: number): Promise<readonly KeyVersion[]> => {
    if (pauseMs > 0) await clock.sleep(pauseMs);
    lastLook = clock.now();
    const look = ++looks;
    const versions = await listVersions();
    kept = { versions, at: clock.now(), look };
    return versions;
  };
  const lookAt = (pauseMs = 0): Promise<readonly KeyVersion[]> => {
    flight ??= load(pauseMs).finally(() => {
      flight = undefined;
    });
    return flight;
  };

  return {
    current: async (): Promise<readonly KeyVersion[]> => {
      if (kept === undefined || clock.now() - kept.at >= HARD_LIFETIME_MS) return lookAt();
      const isSoft = clock.now() - kept.at >= SOFT_LIFETIME_MS;
      if (isSoft && clock.now() - lastLook >= MIN_INTERVAL_MS) void lookAt().catch(onStale);
      return kept.versions;
    },
    /** How often the vault was looked at so far. */
    looks: () => looks,
    /** The versions as a later look than that one finds them: what is not in an older list may be new. */
    newerThan: async (look: number): Promise<readonly KeyVersion[]> => {
      if (kept !== undefined && kept.look > look) return kept.versions;
      return lookAt(Math.max(0, MIN_INTERVAL_MS - (clock.now() - lastLook)));
    },
  };
}

async function readKey(deps: SealingKeyRingDeps, version: string): Promise<SealingKey> {
  const bytes = parseKeyText(await deps.readVersion(version));
  if (bytes === undefined) throw keyProblem("A version of it is not base64 of 32 bytes.");
  return { id: version, bytes };
}

function keyProblem(reason: string): AppError {
  return new AppError({
    code: "service_credential_problem",
    detail: `The gateway's sealing key cannot be used. ${reason}`,
    remedy:
      "The gateway's operator stores a key as a new version of the secret that SEALING_KEY_NAME names: openssl rand -base64 32 | az keyvault secret set --vault-name <vault> --name <secret> --value @- --output none, and disables a version that is no key.",
    retryAfterSeconds: 5,
  });
}
