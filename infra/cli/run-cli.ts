// Really calls the programs: no shell, arguments as a list, bodies and secrets through standard input. What comes back
// stays in memory: it is neither printed nor written anywhere, because a reply may hold a client secret.

import { spawn } from "node:child_process";
import type { Call, CallInput, Cli } from "./call.ts";
import { CallFailure, failureKindOf, isFailure } from "./call-failure.ts";
import { findProgram, missingProgram, type Surroundings } from "./find-program.ts";

export interface CliDeps extends Surroundings {
  /** The environment that the programs get. */
  readonly environment: NodeJS.ProcessEnv;
  readonly sleep: (ms: number) => Promise<void>;
  /** Told once for each call that has to wait. */
  readonly onWait: (text: string) => void;
}

/** Far above what a call takes; a program that waits for somebody is no help in a script. */
const TIME_LIMIT_MS = 120_000;
const PATIENCE = {
  object: {
    kind: "not-found",
    tries: 7,
    pauseMs: 5_000,
    why: "what was just made is not there yet",
  },
  role: { kind: "forbidden", tries: 13, pauseMs: 10_000, why: "a new role takes some minutes" },
} as const;

export function createCli(deps: CliDeps): Cli {
  return {
    call: async (call) => {
      for (let tries = 1; ; tries++) {
        try {
          return await runOnce(call, deps);
        } catch (error) {
          await waitOrThrow(error, call, tries, deps);
        }
      }
    },
  };
}

async function waitOrThrow(error: unknown, call: Call, tries: number, deps: CliDeps) {
  if (call.mayBeEarly === undefined) throw error;
  const { kind, tries: most, pauseMs, why } = PATIENCE[call.mayBeEarly];
  if (!isFailure(error, kind) || tries === most) throw error;
  if (tries === 1) deps.onWait(`waiting: ${why}`);
  await deps.sleep(pauseMs);
}

async function runOnce(call: Call, deps: CliDeps): Promise<unknown> {
  const startable = findProgram(call.program, deps);
  if (startable === undefined) {
    throw new CallFailure("program-missing", call.program, missingProgram(call.program));
  }
  const input = inputText(call.input);
  const child = spawn(startable.file, [...startable.leadingArgs, ...call.args], {
    env: { ...deps.environment, AZURE_CORE_ONLY_SHOW_ERRORS: "true", ...call.environment },
    timeout: TIME_LIMIT_MS,
    windowsHide: true,
  });
  child.stdin.on("error", () => {}); // it ended before it read everything: its exit code says why
  child.stdin.end(input);
  const [output, errors, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    endOf(child),
  ]);
  if (code === 0) return parseOutput(output, call);
  const text = withoutSecret(errors.trim() || `it ended with ${code ?? "the time limit"}`, call);
  throw new CallFailure(failureKindOf(text), call.program, text);
}

function inputText(input: CallInput | undefined): string {
  if (input === undefined) return "";
  return input.kind === "secret" ? input.reveal() : JSON.stringify(input.value);
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function endOf(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
}

function parseOutput(output: string, { program }: Call): unknown {
  if (output.trim() === "") return undefined;
  const parsed = parseJson(output);
  // Without what was printed, also as a cause: it may be a secret.
  if (!parsed.isJson) throw new CallFailure("other", program, "it printed what is no JSON");
  return parsed.value;
}

function parseJson(text: string): { readonly isJson: boolean; readonly value?: unknown } {
  try {
    return { isJson: true, value: JSON.parse(text) };
  } catch {
    return { isJson: false };
  }
}

/** No program repeats its input in an error that we know of; if one does, it goes no further. */
function withoutSecret(text: string, { input }: Call): string {
  return input?.kind === "secret" ? text.replaceAll(input.reveal(), "(secret)") : text;
}
