// Whose the client secret in the vault is, asked before an application is made or changed. A run that forgot --client-id
// means another application than the gateway's: it must not put that one's secret in the place of the live one.

import type { Cli } from "../cli/call.ts";
import { SetupRefused } from "../cli/run-setup.ts";
import type { Done } from "../cli/steps.ts";
import { CLIENT_SECRET_NAME } from "./names.ts";
import { readSecretFacts, type SecretFacts } from "./vault.ts";

export type KnownSecret = SecretFacts | undefined;

export async function readClientSecret(cli: Cli, vault: string): Promise<Done<KnownSecret>> {
  const value = await readSecretFacts(cli, vault, CLIENT_SECRET_NAME);
  return { value, outcome: "unchanged", detail: ownerText(value) };
}

function ownerText(secret: KnownSecret): string {
  if (secret === undefined) return "there is none";
  return secret.application === null
    ? "it does not say whose it is"
    : `it is that of application ${secret.application}`;
}

/** @param appId undefined: there is no such application yet. @throws SetupRefused */
export function refuseOther(secret: KnownSecret, appId: string | undefined): void {
  if (secret === undefined) return;
  const { application, credential, enabled } = secret;
  // An application that is only to be made has no secret anywhere: what this script stored is another's.
  const isOther =
    application === null
      ? appId === undefined && (credential !== null || !enabled)
      : application !== appId;
  if (!isOther) return;
  const whose = application === null ? "an application that is there already" : application;
  throw new SetupRefused(
    `The client secret in the vault is that of ${whose}, not of ${appId ?? "the one that this run would make"}. Give --client-id: CLIENT_ID of the gateway's settings (docs/operations.md says how to read it). If the gateway is to have another application: az keyvault secret set-attributes --vault-name … --name ${CLIENT_SECRET_NAME} --tags application=<its client id>, then run this with that --client-id and --rotate client-secret.`,
  );
}
