// `npm run setup:entra -- …`: the gateway's application in Entra, its consent, and its secrets in the vault. It calls
// Azure CLI and nothing else, changes only what differs, and shows no secret. It was never run against a real tenant.

import { startSetup } from "../cli/start-setup.ts";
import { createEntraSetup } from "./register.ts";

await startSetup(createEntraSetup(Date.now));
