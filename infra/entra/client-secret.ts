// Whether the application needs a new client secret, and its making. The vault's secret carries the ids of the
// credential and of the application as tags, so a run sees, without the value, whether all still belong together.
// One that somebody disabled is never replaced unasked: it was disabled for a reason that this script does not know.

import type { Cli } from "../cli/call.ts";
import { placeholder } from "../cli/placeholders.ts";
import type { Done } from "../cli/steps.ts";
import type { Application } from "./application.ts";
import { leftDisabled } from "./disabled-secret.ts";
import { makeSecret } from "./make-secret.ts";
import { CLIENT_SECRET_NAME } from "./names.ts";
import type { KnownSecret } from "./secret-owner.ts";
import { VAULT_LATER } from "./vault-key.ts";

export interface ClientSecret {
  readonly vault?: string;
  /** What the vault has now. */
  readonly present: KnownSecret;
  readonly days: number;
  readonly rotate: boolean;
  readonly now: number;
  readonly isDryRun: boolean;
}

/** `keyId` of the credential in the vault; undefined when it is not known. */
export async function ensureClientSecret(
  cli: Cli,
  app: Application,
  secret: ClientSecret,
): Promise<Done<string | undefined>> {
  const { vault, rotate, now, present } = secret;
  if (vault === undefined) return VAULT_LATER;
  if (present?.enabled === false && !rotate) {
    return leftDisabled(vault, CLIENT_SECRET_NAME, "client-secret");
  }
  const reason = rotate ? "it is to be replaced" : reasonToMake(present, app, now);
  if (reason !== undefined) {
    const value = await makeSecret(cli, app, { vault, reason, expires: endOf(secret) });
    return { value, outcome: "changed", detail: `made because ${reason}` };
  }
  const known = present?.credential ?? undefined;
  const detail = known === undefined ? "put there by somebody else" : untilText(present, now);
  return { value: known, outcome: "unchanged", detail: `${CLIENT_SECRET_NAME}: ${detail}` };
}

function reasonToMake(facts: KnownSecret, app: Application, now: number) {
  if (facts === undefined) return "there is none";
  if (facts.expires !== null && Date.parse(facts.expires) <= now) return "it has expired";
  if (facts.credential === null) return undefined;
  const isKnown = app.passwordCredentials.some(({ keyId }) => keyId === facts.credential);
  return isKnown ? undefined : "the application no longer has the one in the vault";
}

const DAY_MS = 86_400_000;

function untilText(facts: KnownSecret, now: number): string {
  if (!facts?.expires) return "it has no end";
  const days = Math.floor((Date.parse(facts.expires) - now) / DAY_MS);
  return `good for ${days} more days${days < 30 ? "; replace it with --rotate client-secret" : ""}`;
}

/** A dry run is the same on every day. */
function endOf({ days, now, isDryRun }: Pick<ClientSecret, "days" | "now" | "isDryRun">): string {
  if (isDryRun)
    return placeholder(
      "end",
      `the day on which the script runs and ${days} more (--secret-days), as 2027-05-22T00:00:00Z`,
    );
  return new Date(now + days * DAY_MS).toISOString().replace(/\.\d+Z$/, "Z");
}
