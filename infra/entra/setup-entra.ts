// `npm run setup:entra -- …`: the gateway's application in Entra, its consent, and its secrets in the vault. It calls
// Azure CLI and nothing else, changes only what differs, and shows no secret. It was never run against a real tenant.

import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createCli } from "../cli/run-cli.ts";
import { runSetup } from "../cli/run-setup.ts";
import { createEntraSetup } from "./register.ts";

const cli = createCli({
  platform: process.platform,
  searchPath: process.env.PATH ?? "",
  exists: existsSync,
  environment: process.env,
  sleep: (ms) => sleep(ms),
  onWait: (text) => console.info(`   ${text}`),
});

process.exitCode = await runSetup(createEntraSetup(Date.now), process.argv.slice(2), cli, {
  print: (line) => console.info(line),
  printError: (line) => console.error(line),
});
