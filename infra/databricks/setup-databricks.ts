// `npm run setup:databricks -- …`: the gateway's grants in a Databricks workspace. It calls Databricks CLI and nothing
// else, adds only what is missing and takes nothing away. It was never run against a real workspace.

import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createCli } from "../cli/run-cli.ts";
import { runSetup } from "../cli/run-setup.ts";
import { DATABRICKS_SETUP } from "./grant-access.ts";

const cli = createCli({
  platform: process.platform,
  searchPath: process.env.PATH ?? "",
  exists: existsSync,
  environment: process.env,
  sleep: (ms) => sleep(ms),
  onWait: (text) => console.info(`   ${text}`),
});

process.exitCode = await runSetup(DATABRICKS_SETUP, process.argv.slice(2), cli, {
  print: (line) => console.info(line),
  printError: (line) => console.error(line),
});
