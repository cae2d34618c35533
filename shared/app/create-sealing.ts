// Sealing from the settings: the key of a vault secret with all its versions, or one key in plain for local runs.

import type { AzureCredential } from "../auth/azure-credential.ts";
import { createKeyVault } from "../auth/key-vault-reader.ts";
import type { KeySource } from "../config/secret-settings.ts";
import { AppError } from "../errors/app-error.ts";
import { parseKeyText } from "../sealing/key-text.ts";
import type { Sealing } from "../sealing/sealing.ts";
import { createSealingKeyRing } from "../sealing/sealing-key-ring.ts";
import { type SealingKeys, singleKey } from "../sealing/sealing-keys.ts";
import { sealingWith } from "../sealing/sealing-with.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";

interface SealingDeps {
  /** The gateway's own Azure identity. */
  readonly credential: AzureCredential;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Reads nothing until it is first used. */
export function createSealing(source: KeySource, deps: SealingDeps): Sealing {
  return sealingWith(source.kind === "plain" ? plainKey(source.base64) : vaultKeys(source, deps));
}

function vaultKeys(
  { vaultUrl, secretName }: Extract<KeySource, { kind: "key-vault" }>,
  { credential, clock, logger }: SealingDeps,
): SealingKeys {
  const vault = createKeyVault({ vaultUrl, credential });
  return createSealingKeyRing({
    listVersions: () => vault.listVersions(secretName),
    readVersion: async (version) => (await vault.read(secretName, version)).value,
    clock,
    onStale: () => logger.warn("sealing.keys_not_refreshed"),
  });
}

function plainKey(base64: string): SealingKeys {
  const bytes = parseKeyText(base64);
  if (bytes !== undefined) return singleKey(bytes);
  throw new AppError({
    code: "configuration_error",
    detail: "The settings are faulty: SEALING_KEY must be base64 of 32 bytes.",
    remedy: "Correct this application setting of the function app and restart it.",
  });
}
