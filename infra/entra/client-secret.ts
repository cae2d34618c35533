// The application's client secret, straight from Entra into the vault. The vault's secret carries the ids of the
// credential and of the application as tags, so a later run sees, without the value, whether all still belong together.
//
// Where the vault refuses, the credential is taken back: nobody knows its value any more.

import type { Cli } from "../cli/call.ts";
import { CallFailure } from "../cli/call-failure.ts";
import { placeholder } from "../cli/placeholders.ts";
import type { Done } from "../cli/steps.ts";
import type { Application, PasswordCredential } from "./application.ts";
import { graph, reply } from "./graph.ts";
import { CLIENT_SECRET_NAME } from "./names.ts";
import { labelOf } from "./old-secrets.ts";
import { removeCredential } from "./remove-credential.ts";
import type { KnownSecret } from "./secret-owner.ts";
import { storeSecret } from "./vault.ts";
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
  const { vault, rotate, now, present: facts } = secret;
  if (vault === undefined) return VAULT_LATER;
  const reason = rotate ? "it is to be replaced" : reasonToMake(facts, app, now);
  if (reason !== undefined) return makeSecret(cli, app, { ...secret, vault, reason });
  const known = facts?.credential ?? undefined;
  const detail = known === undefined ? "put there by somebody else" : untilText(facts, now);
  return { value: known, outcome: "unchanged", detail: `${CLIENT_SECRET_NAME}: ${detail}` };
}

function reasonToMake(facts: KnownSecret, app: Application, now: number) {
  if (facts === undefined) return "there is none";
  if (!facts.enabled) return "the one in the vault is disabled";
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

interface Making extends ClientSecret {
  readonly vault: string;
  readonly reason: string;
}

async function makeSecret(
  cli: Cli,
  app: Application,
  { vault, reason, ...rest }: Making,
): Promise<Done<string>> {
  const expires = endOf(rest);
  const path = `/applications/${app.id}`;
  const keyId = placeholder("credential id", "`keyId` in the reply of addPassword");
  const made = (await cli.call(
    graph({
      method: "POST",
      path: `${path}/addPassword`,
      body: { passwordCredential: { displayName: labelOf(vault), endDateTime: expires } },
      when: `when ${reason}`,
      planned: reply({ keyId, secretText: NEVER_SHOWN }),
      mayBeEarly: "object",
    }),
  )) as Pick<PasswordCredential, "keyId"> & { readonly secretText: string };
  if (!made.secretText) throw new CallFailure("other", "az", "Graph answered no secret");
  const input = { kind: "secret", reveal: () => made.secretText, shownAs: NEVER_SHOWN } as const;
  const version = { name: CLIENT_SECRET_NAME, input, when: "with it", expires };
  try {
    await storeSecret(cli, vault, {
      ...version,
      tags: { credential: made.keyId, application: app.appId },
    });
  } catch (error) {
    throw await takenBack(cli, app.id, made.keyId, error);
  }
  return { value: made.keyId, outcome: "changed", detail: `made because ${reason}` };
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

const NEVER_SHOWN = "`secretText` of that reply, passed on in memory and shown nowhere";

async function takenBack(cli: Cli, applicationId: string, keyId: string, error: unknown) {
  try {
    await removeCredential(cli, applicationId, keyId);
    return error;
  } catch {
    const { kind, message } =
      error instanceof CallFailure ? error : { kind: "other" as const, message: "" };
    const left = `The credential ${keyId} is in Entra but in no vault: remove it with --remove-old-secrets.`;
    return new CallFailure(kind, "az", `${message}\n${left}`);
  }
}
