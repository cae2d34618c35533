// Secrets of the vault: what is known about one without its value, and a new version of one. Values go to Azure CLI
// through standard input (`--value @-`), so they are in no argument list and no file, on Linux and on Windows.

import { type Call, type CallInput, type Cli, reply } from "../cli/call.ts";
import { CallFailure, isFailure } from "../cli/call-failure.ts";

export interface SecretFacts {
  /** Client secrets made by this script: `keyId` of the credential in Entra. */
  readonly credential: string | null;
  /** And the client id that it belongs to. */
  readonly application: string | null;
  /** RFC 3339. */
  readonly expires: string | null;
  readonly enabled: boolean;
}

/** The value is left out by Azure CLI itself; it never reaches this process. */
const FACTS =
  "{credential:tags.credential,application:tags.application,expires:attributes.expires,enabled:attributes.enabled}";

/** Undefined: there is no such secret. */
export async function readSecretFacts(
  cli: Cli,
  vault: string,
  name: string,
): Promise<SecretFacts | undefined> {
  const call: Call = {
    program: "az",
    args: [...secretArgs("show", vault, name), "--query", FACTS, "--output", "json"],
    planned: { kind: "nothing-there" },
    mayBeEarly: "role",
  };
  try {
    return (await cli.call(call)) as SecretFacts;
  } catch (error) {
    if (isFailure(error, "not-found")) return undefined;
    if (isFailure(error, "disabled-secret")) return DISABLED_FACTS;
    throw withAdvice(error, vault);
  }
}

const DISABLED_FACTS: SecretFacts = {
  credential: null,
  application: null,
  expires: null,
  enabled: false,
};

export interface NewVersion {
  readonly name: string;
  readonly input: CallInput & { readonly kind: "secret" };
  readonly when: string;
  readonly expires?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export async function storeSecret(cli: Cli, vault: string, version: NewVersion): Promise<void> {
  const { name, input, when, expires, tags = {} } = version;
  const pairs = Object.entries(tags).map(([tag, value]) => `${tag}=${value}`);
  const call: Call = {
    program: "az",
    args: [
      ...secretArgs("set", vault, name),
      ...["--value", "@-"],
      ...(expires === undefined ? [] : ["--expires", expires]),
      ...(pairs.length === 0 ? [] : ["--tags", ...pairs]),
      // Without this it would print the value.
      ...["--output", "none"],
    ],
    input,
    when,
    planned: reply(undefined),
    mayBeEarly: "role",
  };
  try {
    await cli.call(call);
  } catch (error) {
    throw withAdvice(error, vault, name);
  }
}

function secretArgs(action: "show" | "set", vault: string, name: string): string[] {
  return ["keyvault", "secret", action, "--vault-name", vault, "--name", name];
}

function withAdvice(error: unknown, vault: string, name?: string): unknown {
  if (isFailure(error, "deleted-but-recoverable")) {
    const command = `az keyvault secret recover --vault-name ${vault} --name ${name}`;
    return new CallFailure(error.kind, "az", `the secret was deleted; bring it back: ${command}`);
  }
  if (!isFailure(error, "forbidden")) return error;
  const role = `az role assignment create --role "Key Vault Secrets Officer" --assignee-object-id "$(az ad signed-in-user show --query id --output tsv)" --assignee-principal-type User --scope "$(az keyvault show --name ${vault} --query id --output tsv)"`;
  const advice = `Being owner of the vault is not enough; whoever may assign roles runs this, and it takes effect after some minutes:\n${role}\nA vault closed to the network is reached only from inside it.`;
  return new CallFailure("forbidden", "az", `${error.message}\n${advice}`);
}
