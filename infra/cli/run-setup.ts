// The frame of a set-up script: options, help, dry run or real run, what is left, and an exit code.

import type { Cli } from "./call.ts";
import { CallFailure } from "./call-failure.ts";
import { createDryRun } from "./dry-run.ts";
import { WrongOptions } from "./option-rules.ts";
import { explain, type Trace } from "./placeholders.ts";
import { createSteps, failureText, type Steps } from "./steps.ts";

export interface SetupRun<O> {
  readonly cli: Cli;
  readonly options: O;
  readonly steps: Steps;
}

export interface Setup<O> {
  readonly help: string;
  /** Undefined: help was asked for. @throws WrongOptions */
  readonly readOptions: (
    args: readonly string[],
  ) => (O & { readonly isDryRun: boolean }) | undefined;
  readonly signIn: (options: O) => string;
  /** Takes the steps and answers the lines that close the run. @throws CallFailure, SetupRefused */
  readonly run: (run: SetupRun<O>) => Promise<readonly string[]>;
}

/** The set-up stops because what it found must not be changed by it. */
export class SetupRefused extends Error {
  override readonly name = "SetupRefused";
}

export interface Console {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

/** @returns 0 done, 1 failed, 2 wrong options, 3 done but for what is left for somebody with more rights */
export async function runSetup<O>(
  setup: Setup<O>,
  args: readonly string[],
  cli: Cli,
  console: Console,
): Promise<number> {
  const { print, printError } = console;
  try {
    const options = setup.readOptions(args);
    if (options === undefined) {
      print(setup.help);
      return 0;
    }
    return options.isDryRun
      ? await dryRun(setup, options, print)
      : await realRun(setup, options, cli, print);
  } catch (error) {
    if (error instanceof WrongOptions) {
      printError(`${error.message}\n--help lists the options.`);
      return 2;
    }
    if (!(error instanceof SetupRefused)) throw error;
    printError(error.message);
    return 1;
  }
}

async function realRun<O>(
  setup: Setup<O>,
  options: O,
  cli: Cli,
  print: (line: string) => void,
): Promise<number> {
  const steps = createSteps(print, false);
  try {
    const closing = await setup.run({ cli, options, steps });
    for (const line of closing) print(line);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    const again = "What was done stays done: run the same command again when this is solved.";
    throw new SetupRefused(`${failureText(error, setup.signIn(options))}\n${again}`, {
      cause: error,
    });
  }
  if (steps.todos.length === 0) return 0;
  print("\nLeft for somebody with more rights:");
  for (const todo of steps.todos) print(`* ${todo}`);
  return 3;
}

async function dryRun<O>(
  setup: Setup<O>,
  options: O,
  print: (line: string) => void,
): Promise<number> {
  const traces: Trace[] = [];
  const record = (trace: Trace) => traces.push(trace);
  const printAndKeep = (line: string) => {
    record({ text: line, isPrinted: true });
    print(line);
  };
  print("Dry run: nothing is called. These are the calls where nothing is there yet, in order;");
  print("a real run reads first and leaves what is already as it should be.\n");
  const steps = createSteps(printAndKeep, true);
  const closing = await setup.run({ cli: createDryRun(printAndKeep, record), options, steps });
  for (const line of closing) printAndKeep(line);
  const meanings = explain(traces);
  if (meanings.length > 0) print("\nNot known yet, and where each comes from:");
  for (const meaning of meanings) print(`  ${meaning}`);
  return 0;
}
