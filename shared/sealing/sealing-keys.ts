// The sealing keys as the cipher sees them. The ring (vault) and the single key (setting) are two ways to have them.

export interface SealingKey {
  /** Stands in every sealed text: letters, digits and hyphens. */
  readonly id: string;
  /** 32 bytes that leave memory in no form; ciphers and hashes use keys derived from them. */
  readonly bytes: Buffer;
}

/** Every method throws AppError `service_credential_problem` when the keys cannot be had. */
export interface SealingKeys {
  /** The key that seals. */
  newest(): Promise<SealingKey>;
  /** Undefined: no key of that id (any more). */
  byId(id: string): Promise<SealingKey | undefined>;
  /** The key in charge of hashes first, then those that a worker may have hashed with in the last 24 hours. */
  forHashes(): Promise<readonly SealingKey[]>;
}

/** One key from a setting, for local runs: it has no versions. */
export function singleKey(bytes: Buffer): SealingKeys {
  const key = { id: "plain", bytes };
  return {
    newest: async () => key,
    byId: async (id) => (id === key.id ? key : undefined),
    forHashes: async () => [key],
  };
}
