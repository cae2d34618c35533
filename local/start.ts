// `npm start`: packs the gateway as for a deployment, brings up the whole stand on this machine, prints how to use it, and takes
// everything down again on Ctrl-C. Options: --port (default 7071, or a free one when that is taken), --workers (how
// many processes of the gateway share the work; default 1).

import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildPackage } from "./build/pack-app.ts";
import { writeStandFiles } from "./stand/stand-files.ts";
import { startStand } from "./stand/start-stand.ts";
import { welcomeText } from "./stand/welcome.ts";

const STANDARD_PORT = 7071; // what `func start` uses too
const MOST_WORKERS = 8; // each is a process of some 150 MB
const repository = path.resolve(import.meta.dirname, "..");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: "string" }, workers: { type: "string", default: "1" } },
  });
  const workers = numberIn("--workers", values.workers, [1, MOST_WORKERS]);
  const port =
    values.port === undefined
      ? await freeStandardPort()
      : numberIn("--port", values.port, [0, 65_535]);
  const stopped = interrupted();
  const { folder } = await buildPackage();
  const stand = await startStand({
    appFolder: folder,
    port,
    workers,
    settings: settingsFromEnvironment(),
    withStorage: true,
    withTelemetry: true,
    onOutput: (text) => process.stderr.write(text),
  });
  const files = await writeStandFiles(stand, path.join(repository, ".local"));
  console.log(welcomeText(stand, files));
  await stopped;
  await files.remove();
  await stand.close();
}

/** A mode of the product that a person may want to try here too. */
function settingsFromEnvironment(): Record<string, string> {
  const mode = process.env.APP_ENDPOINT_AUTH;
  return mode === undefined ? {} : { APP_ENDPOINT_AUTH: mode };
}

function numberIn(option: string, text: string, [least, most]: readonly [number, number]): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`${option} must be a whole number from ${least} to ${most}`);
}

/** 7071 unless somebody has it; then 0, which means any free port. */
async function freeStandardPort(): Promise<number> {
  const probe = createServer().listen(STANDARD_PORT, "127.0.0.1");
  try {
    await once(probe, "listening");
    return STANDARD_PORT;
  } catch {
    return 0;
  } finally {
    probe.close();
  }
}

/** From the first Ctrl-C on; a second one ends the process at once, as the default does. */
function interrupted(): Promise<unknown> {
  return Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
