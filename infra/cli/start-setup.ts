// Runs one of the set-up scripts with what this process has: its command line, its PATH, its console. It decides nothing.

import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createCli } from "./run-cli.ts";
import { runSetup } from "./run-setup.ts";

/** Sets the exit code of the process: 0 done, 1 failed, 2 wrong options, 3 done but for what is left for an admin. */
export async function startSetup<Options>(
  setup: Parameters<typeof runSetup<Options>>[0],
): Promise<void> {
  const cli = createCli({
    platform: process.platform,
    searchPath: process.env.PATH ?? "",
    exists: existsSync,
    environment: process.env,
    sleep: (ms) => sleep(ms),
    onWait: (text) => console.info(`   ${text}`),
  });
  process.exitCode = await runSetup(setup, process.argv.slice(2), cli, {
    print: (line) => console.info(line),
    printError: (line) => console.error(line),
  });
}
