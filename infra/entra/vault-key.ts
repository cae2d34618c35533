// The sealing key and the signing secret: 32 random bytes each, made here and seen by nobody. One that is there, also a
// disabled one, is replaced only when that is asked for: then a new version is added, and older versions still unseal and verify.

import { randomBytes } from "node:crypto";
import type { Cli } from "../cli/call.ts";
import type { Done } from "../cli/steps.ts";
import { leftDisabled } from "./disabled-secret.ts";
import { readSecretFacts, storeSecret } from "./vault.ts";

export interface VaultKey {
  /** The word of `--rotate`. */
  readonly what: "sealing-key" | "signing-secret";
  /** Undefined: not deployed yet. */
  readonly vault?: string;
  readonly name: string;
  readonly rotate: boolean;
}

export async function ensureVaultKey(cli: Cli, key: VaultKey): Promise<Done<void>> {
  const { vault, name, rotate, what } = key;
  if (vault === undefined) return VAULT_LATER;
  const facts = await readSecretFacts(cli, vault, name);
  if (facts !== undefined && !rotate) {
    if (!facts.enabled) return leftDisabled(vault, name, what);
    return { value: undefined, outcome: "unchanged", detail: `${name} is in the vault` };
  }
  const bytes = randomBytes(32).toString("base64");
  await storeSecret(cli, vault, {
    name,
    when: rotate ? "a new version" : "when there is none",
    input: { kind: "secret", reveal: () => bytes, shownAs: NEVER_SHOWN },
  });
  return { value: undefined, outcome: "changed", detail: `${name}: a new version is in the vault` };
}

export const VAULT_LATER = {
  value: undefined,
  outcome: "later",
  detail: "after the deployment, with --vault",
} as const;

const NEVER_SHOWN = "32 random bytes in base64, made by this script and shown nowhere";
