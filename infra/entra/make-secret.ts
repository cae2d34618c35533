// A new client secret: made by Entra, passed on in memory, stored in the vault with its ids as tags. A credential whose
// value is nowhere is taken back. Whether the vault has it is not told by a failed call (a lost answer, a time limit), but
// by the vault's own tag; where that cannot be read either, nothing is taken back, because it may be in use.

import { type Cli, reply } from "../cli/call.ts";
import { CallFailure } from "../cli/call-failure.ts";
import { placeholder } from "../cli/placeholders.ts";
import type { Application, PasswordCredential } from "./application.ts";
import { graph } from "./graph.ts";
import { CLIENT_SECRET_NAME } from "./names.ts";
import { labelOf } from "./old-secrets.ts";
import { removeCredential } from "./remove-credential.ts";
import { readSecretFacts, storeSecret } from "./vault.ts";

export interface NewSecret {
  readonly vault: string;
  readonly reason: string;
  readonly expires: string;
}

/** `keyId` of the new credential. */
export async function makeSecret(cli: Cli, app: Application, secret: NewSecret): Promise<string> {
  const { vault, expires } = secret;
  const { keyId, secretText } = await addPassword(cli, app, secret);
  const input = { kind: "secret", reveal: () => secretText, shownAs: NEVER_SHOWN } as const;
  const tags = { credential: keyId, application: app.appId };
  try {
    const version = { name: CLIENT_SECRET_NAME, input, when: "with it", expires, tags };
    await storeSecret(cli, vault, version);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    await settle(cli, { applicationId: app.id, vault, keyId }, error);
  }
  return keyId;
}

async function addPassword(cli: Cli, { id }: Application, { vault, reason, expires }: NewSecret) {
  const keyId = placeholder("credential id", "`keyId` in the reply of addPassword");
  const made = (await cli.call(
    graph({
      method: "POST",
      path: `/applications/${id}/addPassword`,
      body: { passwordCredential: { displayName: labelOf(vault), endDateTime: expires } },
      when: `when ${reason}`,
      planned: reply({ keyId, secretText: NEVER_SHOWN }),
      mayBeEarly: "object",
    }),
  )) as Pick<PasswordCredential, "keyId"> & { readonly secretText: string };
  if (!made.secretText) throw new CallFailure("other", "az", "Graph answered no secret");
  return made;
}

const NEVER_SHOWN = "`secretText` of that reply, passed on in memory and shown nowhere";

interface Made {
  readonly applicationId: string;
  readonly vault: string;
  readonly keyId: string;
}

/** Returns where the vault has it after all. @throws CallFailure the one given, with what is left of the credential */
async function settle(cli: Cli, made: Made, failure: CallFailure): Promise<void> {
  const { vault, keyId } = made;
  const { kind, message } = failure;
  const told = (left: string) => new CallFailure(kind, "az", `${message}\n${left}`);
  const stored = await isStored(cli, vault, keyId);
  if (stored === true) return;
  if (stored === undefined) {
    throw told(
      `Whether the vault has the credential ${keyId} could not be read: run this again, then with --remove-old-secrets.`,
    );
  }
  if (await isTakenBack(cli, made)) throw failure;
  throw told(
    `The credential ${keyId} is in Entra but in no vault: remove it with --remove-old-secrets.`,
  );
}

async function isTakenBack(cli: Cli, { applicationId, keyId }: Made): Promise<boolean> {
  try {
    await removeCredential(cli, applicationId, keyId);
    return true;
  } catch {
    return false;
  }
}

/** Undefined: not known. */
async function isStored(cli: Cli, vault: string, keyId: string): Promise<boolean | undefined> {
  try {
    const facts = await readSecretFacts(cli, vault, CLIENT_SECRET_NAME);
    return facts?.credential === keyId;
  } catch {
    return undefined;
  }
}
