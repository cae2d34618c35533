// `npm run ask`: one question from the terminal, as the stand's user or app, with live stages while waiting.
// Exit code by outcome (see --help). Standard output carries the answer alone; all else goes to standard error.

import path from "node:path";
import type { OperationBody } from "../shared/contracts/operation.ts";
import { systemClock } from "../shared/telemetry/clock.ts";
import { askAndFollow } from "./ask/ask-and-follow.ts";
import { type AskOptions, HELP, readCommandLine } from "./ask/command-line.ts";
import { findGateway, type Gateway } from "./ask/find-gateway.ts";
import { EXIT, exitCode, type Outcome } from "./ask/outcome.ts";
import { createStageDisplay } from "./ask/show-stage.ts";
import { goOnText, outcomeJson, outcomeText } from "./ask/write-outcome.ts";

const STAND_FILE = path.resolve(import.meta.dirname, "../.local/stand.json");

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
  const { options } = commandLine;
  const around = { environment: process.env, standFile: STAND_FILE, now: Date.now() };
  const gateway = await findGateway(options.as, around);
  if (!("missing" in gateway)) return ask(options, gateway);
  process.stderr.write(`${gateway.missing}\n`);
  return EXIT.unavailable;
}

async function ask(options: AskOptions, gateway: Gateway): Promise<number> {
  const stop = new AbortController();
  const display = await createStageDisplay(process.stderr);
  let known: OperationBody | undefined;
  process.once("SIGINT", () => stop.abort());
  try {
    const outcome = await askAndFollow(options, {
      gateway,
      clock: systemClock,
      signal: stop.signal,
      onState: (operation) => {
        known = operation;
        display.show(operation);
      },
    });
    display.end();
    write(outcome, options.json);
    return exitCode(outcome);
  } catch (error) {
    display.end();
    if (!stop.signal.aborted) throw error;
    process.stderr.write(`\n${known === undefined ? "Stopped." : goOnText(known.links)}\n`);
    return EXIT.interrupted;
  }
}

function write(outcome: Outcome, json: boolean): void {
  if (json) process.stdout.write(`${outcomeJson(outcome)}\n`);
  else if (outcome.kind === "answered") process.stdout.write(`${outcomeText(outcome)}\n`);
  else process.stderr.write(`${outcomeText(outcome)}\n`);
}

process.exitCode = await main();
