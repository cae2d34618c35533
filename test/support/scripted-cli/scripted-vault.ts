// The vault behind a scripted `az`: plain data, changed by the calls as Key Vault changes its own. Values are answered only
// where the set-up forgot to leave them out, so that a test sees it.

import { failed, option, type ProgramReply, said } from "./reply.ts";

interface SecretVersion {
  value: string;
  expires: string | null;
  tags: Record<string, string>;
  enabled: boolean;
}

export interface VaultState {
  mayWriteSecrets: boolean;
  /** So many calls on the vault are refused before the role works. */
  roleLag: number;
  /** Newest version last. */
  secrets: Record<string, SecretVersion[]>;
  deletedSecrets: string[];
  /** The vault stores this secret, and its answer is lost. */
  lostAnswer: string | null;
}

/** What `az keyvault …` answers; changes the vault. */
export function vaultAnswers(
  vault: VaultState,
  args: readonly string[],
  input: string,
): ProgramReply {
  if (args[1] !== "secret") return failed("ERROR: no such group\n", 2);
  if (vault.roleLag > 0) {
    vault.roleLag -= 1;
    return failed(NO_ROLE);
  }
  if (args[2] === "show") return showSecret(vault, args);
  if (args[2] !== "set" || option(args, "--value") !== "@-") return failed("ERROR: no\n", 2);
  return setSecret(vault, args, input);
}

const NO_ROLE = "ERROR: (Forbidden) Caller is not authorized to perform action on resource.\n";

function showSecret(vault: VaultState, args: readonly string[]): ProgramReply {
  const name = option(args, "--name") ?? "";
  const newest = vault.secrets[name]?.at(-1);
  if (newest === undefined) {
    return failed(`ERROR: (SecretNotFound) A secret with (name/id) ${name} was not found\n`);
  }
  if (!newest.enabled) {
    return failed("ERROR: (Forbidden) Operation get is not allowed on a disabled secret.\n");
  }
  // Only with the projection of the set-up is the value left out.
  if (!option(args, "--query")?.startsWith("{credential:tags.credential,")) return said(newest);
  const { expires, enabled, tags } = newest;
  const { credential = null, application = null } = tags;
  return said({ credential, application, expires, enabled });
}

function setSecret(vault: VaultState, args: readonly string[], input: string): ProgramReply {
  const name = option(args, "--name") ?? "";
  if (!vault.mayWriteSecrets) return failed(NO_ROLE);
  if (vault.deletedSecrets.includes(name)) {
    return failed(
      `ERROR: (Conflict) Secret ${name} is currently in a deleted but recoverable state\n`,
    );
  }
  const tags = Object.fromEntries(
    args.flatMap((arg) => {
      const [, tag = "", text = ""] = /^(credential|application)=(.+)$/.exec(arg) ?? [];
      return tag === "" ? [] : [[tag, text]];
    }),
  );
  const version = { value: input, expires: option(args, "--expires") ?? null, tags, enabled: true };
  vault.secrets[name] = [...(vault.secrets[name] ?? []), version];
  if (vault.lostAnswer === name) return failed("ERROR: Connection aborted.\n");
  return option(args, "--output") === "none" ? said() : said(version);
}
