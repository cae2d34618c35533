// `npm run ask`: one question from the terminal, as the stand's user or app, with live stages while waiting.
// Exit code by outcome (see --help). Standard output carries the answer alone; all else goes to standard error.

import path from "node:path";
import { type AskOptions, readCommandLine } from "./ask/command-line.ts";
import { findGateway } from "./ask/find-gateway.ts";
import { HELP } from "./ask/help.ts";
import { EXIT } from "./ask/outcome.ts";
import { runAsk } from "./ask/run-ask.ts";

const LOCAL_FOLDER = path.resolve(import.meta.dirname, "../.local");

async function main(): Promise<number> {
  const commandLine = readCommandLine(process.argv.slice(2));
  if (commandLine.kind === "help") {
    process.stdout.write(HELP);
    return EXIT.answered;
  }
  if (commandLine.kind === "wrong") {
    process.stderr.write(`${commandLine.reason}\n\n${HELP}`);
    return EXIT.usage;
  }
  const options = inCallersFolder(commandLine.options);
  const standFile = path.join(LOCAL_FOLDER, "stand.json");
  const around = { environment: process.env, standFile, now: Date.now() };
  const gateway = await findGateway(options.as, around);
  if (!("missing" in gateway)) return runAsk(options, gateway, keptIn());
  process.stderr.write(`${gateway.missing}\n`);
  return EXIT.unavailable;
}

/** npm runs us in the project's folder, wherever the person stands who names a file. */
function inCallersFolder(options: AskOptions): AskOptions {
  if (options.csv === undefined) return options;
  const { npm_lifecycle_event: script, INIT_CWD: stoodIn } = process.env;
  const folder = script === "ask" && stoodIn !== undefined ? stoodIn : process.cwd();
  return { ...options, csv: path.resolve(folder, options.csv) };
}

/** Where the last conversations are kept. */
function keptIn(): string {
  return process.env.GENIE_ASK_FOLDER || path.join(LOCAL_FOLDER, "ask");
}

process.exitCode = await main();
