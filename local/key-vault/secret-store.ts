// The secrets of the simulated vault, in memory: every value that was set stays readable under its version.

import { randomUUID } from "node:crypto";
import type { Clock } from "../../shared/telemetry/clock.ts";

export interface SecretVersion {
  /** 32 hexadecimal characters, as in the real vault. */
  readonly version: string;
  readonly value: string;
  readonly contentType?: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly exp?: number;
  enabled: boolean;
}

export interface NewSecret {
  readonly expiresOn?: Date;
  readonly contentType?: string;
  /** Default true. */
  readonly enabled?: boolean;
}

export interface SecretStore {
  /** A new version, which becomes the latest. */
  put(name: string, value: string, options?: NewSecret): SecretVersion;
  /** The version with this id, or the latest. */
  get(name: string, version?: string): SecretVersion | undefined;
  /** Oldest first; empty when there is no such secret. */
  versions(name: string): readonly SecretVersion[];
}

/** Vault names are the same in any case. */
const keyOf = (name: string) => name.toLowerCase();

export function createSecretStore(clock: Clock): SecretStore {
  const secrets = new Map<string, SecretVersion[]>();
  const versions = (name: string) => secrets.get(keyOf(name)) ?? [];
  return {
    versions,
    get: (name, version) =>
      version ? versions(name).find((known) => known.version === version) : versions(name).at(-1),
    put: (name, value, { expiresOn, contentType, enabled = true } = {}) => {
      const added: SecretVersion = {
        version: randomUUID().replaceAll("-", ""),
        value,
        created: Math.floor(clock.now() / 1000),
        enabled,
        ...(contentType === undefined ? {} : { contentType }),
        ...(expiresOn === undefined ? {} : { exp: Math.floor(expiresOn.getTime() / 1000) }),
      };
      secrets.set(keyOf(name), [...versions(name), added]);
      return added;
    },
  };
}
