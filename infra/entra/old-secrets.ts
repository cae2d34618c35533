// Client secrets that were replaced. One application may serve several environments, each with a vault of its own, so a
// label names the vault, and only secrets of the vault at hand are ever removed: the others are live ones elsewhere.

import type { Cli } from "../cli/call.ts";
import type { Done } from "../cli/steps.ts";
import type { Application } from "./application.ts";
import { CREDENTIAL_LABEL } from "./names.ts";
import { removeCredential } from "./remove-credential.ts";

/** Display name in Entra of a client secret that goes into this vault. */
export const labelOf = (vault: string) => `${CREDENTIAL_LABEL} ${vault}`;

export interface OldSecrets {
  readonly vault?: string;
  /** `keyId` of the one in the vault. */
  readonly kept: string | undefined;
  readonly remove: boolean;
}

export async function removeOldSecrets(
  cli: Cli,
  app: Application,
  { vault, kept, remove }: OldSecrets,
): Promise<Done<void>> {
  const labelled = app.passwordCredentials.filter(
    ({ keyId, displayName }) => keyId !== kept && displayName?.startsWith(CREDENTIAL_LABEL),
  );
  const isOurs = (displayName: string | null) =>
    vault !== undefined && displayName === labelOf(vault);
  const ids = labelled.flatMap(({ keyId, displayName }) => (isOurs(displayName) ? [keyId] : []));
  const others = labelled.filter(({ displayName }) => !isOurs(displayName));
  const left = others.map(({ keyId, displayName }) => `; left alone: ${keyId}, "${displayName}"`);
  const isRemoved = remove && kept !== undefined && ids.length > 0;
  if (isRemoved) for (const keyId of ids) await removeCredential(cli, app.id, keyId);
  const detail = `${textOf(ids.join(", "), isRemoved)}${left.join("")}`;
  return { value: undefined, outcome: isRemoved ? "changed" : "unchanged", detail };
}

function textOf(ids: string, isRemoved: boolean): string {
  if (ids === "") return "there are none";
  return isRemoved ? `removed ${ids}` : `${ids} still work: --remove-old-secrets removes them`;
}
