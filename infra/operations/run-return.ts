// `npm run ops:return-poison -- …`: messages of the poison queues go back to work, with the sign-in of Azure CLI. It
// prints counts and no message. It was tried on Azurite, never on a real account.

import { describeReturned, RETURN_HELP, readReturnOptions } from "./return-options.ts";
import { returnPoison } from "./return-poison.ts";
import { runOnAccount } from "./run-on-account.ts";

await runOnAccount({
  help: RETURN_HELP,
  role: "Storage Queue Data Contributor",
  readOptions: readReturnOptions,
  run: async (clients, { isDryRun }) =>
    describeReturned(await returnPoison(clients, isDryRun), isDryRun),
});
