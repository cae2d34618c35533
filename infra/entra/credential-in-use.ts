// Which credential a run without --credential is about: the application itself tells. Where it trusts the gateway's
// managed identity, a client secret would be one more thing to leak that nobody uses, so none is made.

import type { Cli } from "../cli/call.ts";
import { WrongOptions } from "../cli/option-rules.ts";
import type { Done } from "../cli/steps.ts";
import type { Application } from "./application.ts";
import { listFederated } from "./federated-credential.ts";
import { FEDERATED_NAME } from "./names.ts";
import {
  type CredentialKind,
  type EntraOptions,
  NO_SECRET_TO_KEEP,
  NO_SECRET_TO_ROTATE,
} from "./options.ts";

/** @throws WrongOptions for what only a client secret has */
export async function findCredential(
  cli: Cli,
  app: Application,
  { rotate, removeOldSecrets }: Pick<EntraOptions, "rotate" | "removeOldSecrets">,
): Promise<Done<CredentialKind>> {
  const all = await listFederated(cli, app.id);
  if (!all.some(({ name }) => name === FEDERATED_NAME)) {
    return { value: "secret", outcome: "unchanged", detail: "a client secret in the vault" };
  }
  const faults = [
    ...(rotate.includes("client-secret") ? [NO_SECRET_TO_ROTATE] : []),
    ...(removeOldSecrets ? [NO_SECRET_TO_KEEP] : []),
  ];
  if (faults.length > 0) throw new WrongOptions(faults.join("\n"));
  const detail = `the application trusts the managed identity (${FEDERATED_NAME}), so no client secret is made; --credential secret makes one`;
  return { value: "managed-identity", outcome: "unchanged", detail };
}
