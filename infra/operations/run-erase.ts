// `npm run ops:erase-person -- …`: erases one user's records in the gateway's storage, with the sign-in of Azure CLI.
// It prints counts and no record. It was tried on Azurite, never on a real account.

import { readCliToken } from "../../shared/auth/azure-cli-token.ts";
import { createStorageClients } from "../../shared/stores/storage-clients.ts";
import { WrongOptions } from "../cli/option-rules.ts";
import { erasePerson } from "./erase-person.ts";
import { type EraseOptions, HELP, readEraseOptions } from "./options.ts";

const credential = {
  getToken: (scopes: string | string[]) => readCliToken([scopes].flat()[0] ?? ""),
};

async function erase({ storageAccount, isDryRun, ...person }: EraseOptions): Promise<void> {
  const tableUrl = `https://${storageAccount}.table.core.windows.net`;
  const queueUrl = `https://${storageAccount}.queue.core.windows.net`;
  const clients = createStorageClients({ kind: "identity", tableUrl, queueUrl }, credential);
  const { operations, conversations, rows } = await erasePerson(clients, person, isDryRun);
  const what = `${operations} operations, ${conversations} conversations, ${rows} rows in all`;
  console.info(isDryRun ? `There are ${what}.` : `Erased: ${what}.`);
}

try {
  const options = readEraseOptions(process.argv.slice(2));
  if (options === undefined) console.info(HELP);
  else await erase(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof WrongOptions ? 2 : 1;
}
