// The frame of the scripts that work on the gateway's storage: options, help, the sign-in of Azure CLI, and an exit code.
// It prints what the script hands it, and of a failure the words of the gateway's own error.

import { readCliToken } from "../../shared/auth/azure-cli-token.ts";
import { AppError } from "../../shared/errors/app-error.ts";
import { createStorageClients, type StorageClients } from "../../shared/stores/storage-clients.ts";
import { WrongOptions } from "../cli/option-rules.ts";

export interface AccountScript<O> {
  readonly help: string;
  /** The role on the account that the signed-in person needs. */
  readonly role: string;
  /** Undefined: help was asked for. @throws WrongOptions */
  readonly readOptions: (args: readonly string[]) => O | undefined;
  readonly run: (clients: StorageClients, options: O) => Promise<readonly string[]>;
}

const credential = {
  getToken: (scopes: string | string[]) => readCliToken([scopes].flat()[0] ?? ""),
};

/** Sets the exit code of the process: 0 done, 1 failed, 2 wrong options. */
export async function runOnAccount<O extends { readonly storageAccount: string }>(
  script: AccountScript<O>,
): Promise<void> {
  try {
    const options = script.readOptions(process.argv.slice(2));
    const lines = options === undefined ? [script.help] : await runWith(script, options);
    for (const line of lines) console.info(line);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (error instanceof AppError) console.error(adviceOn(script.role));
    process.exitCode = error instanceof WrongOptions ? 2 : 1;
  }
}

function runWith<O extends { readonly storageAccount: string }>(
  { run }: AccountScript<O>,
  options: O,
): Promise<readonly string[]> {
  const urlOf = (service: "table" | "queue") =>
    `https://${options.storageAccount}.${service}.core.windows.net`;
  const account = {
    kind: "identity",
    tableUrl: urlOf("table"),
    queueUrl: urlOf("queue"),
  } as const;
  return run(createStorageClients(account, credential), options);
}

/** The gateway's own remedy speaks of the gateway's identity; here a person is refused. */
function adviceOn(role: string): string {
  return `Check --storage-account, your sign-in (az login) and that you have the role "${role}" on the account: being owner is not enough (docs/operations.md has the command). A closed network is reached only from inside.`;
}
