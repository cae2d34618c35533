// Starts `npm run ask` as a process of its own and collects what it prints. It knows no gateway: where that is stands in
// the environment that the test gives.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const PROGRAM = path.resolve(import.meta.dirname, "../../local/ask.ts");

export interface AskEnvironment {
  readonly GENIE_GATEWAY_URL: string;
  readonly GENIE_GATEWAY_TOKEN?: string;
  readonly GENIE_GATEWAY_KEY?: string;
  /** So that no test leaves anything in the repository's own folder. */
  readonly GENIE_ASK_FOLDER: string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** So far. */
  stderr(): string;
}

export function startAsk(args: readonly string[], environment: AskEnvironment): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = once(child, "close").then(([code]): Ended => ({ code, stdout, stderr }));
  return { child, ended, stderr: () => stderr };
}
