// `npm run ops:erase-person -- …`: erases one user's records in the gateway's storage, with the sign-in of Azure CLI.
// It prints counts and no record. It was tried on Azurite, never on a real account.

import { ERASE_HELP, readEraseOptions } from "./erase-options.ts";
import { erasePerson } from "./erase-person.ts";
import { erasedText } from "./erased-text.ts";
import { runOnAccount } from "./run-on-account.ts";

await runOnAccount({
  help: ERASE_HELP,
  role: "Storage Table Data Contributor",
  readOptions: readEraseOptions,
  run: async (clients, { tenantId, objectId, isDryRun }) => {
    const erased = await erasePerson(clients, { tenantId, objectId }, isDryRun);
    return [erasedText(erased, isDryRun)];
  },
});
