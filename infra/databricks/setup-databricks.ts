// `npm run setup:databricks -- …`: the gateway's grants in a Databricks workspace. It calls Databricks CLI and nothing
// else, adds only what is missing and takes nothing away. It was never run against a real workspace.

import { startSetup } from "../cli/start-setup.ts";
import { DATABRICKS_SETUP } from "./grant-access.ts";

await startSetup(DATABRICKS_SETUP);
