// Starts `npm run ask` as a process of its own and collects what it prints. It knows no gateway: where that is stands in
// the environment that the test gives.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

const LOCAL = path.resolve(import.meta.dirname, "../../local");
const PROGRAM = path.join(LOCAL, "ask.ts");

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
  return run([PROGRAM, ...args], environment);
}

/**
 * The same without an environment: the program finds the stand by the files in `<folder>/.local`, as it finds those of
 * `npm start`. It is called through a link, because it looks beside itself, and the repository's own belong to others.
 */
export async function startAskBeside(folder: string, args: readonly string[]): Promise<Running> {
  const linked = path.join(folder, "local");
  await mkdir(linked);
  for (const name of ["ask.ts", "ask"])
    await symlink(path.join(LOCAL, name), path.join(linked, name));
  await writeFile(path.join(folder, "package.json"), '{"type":"module"}');
  return run(["--preserve-symlinks-main", path.join(linked, "ask.ts"), ...args], {});
}

function run(args: readonly string[], environment: Partial<AskEnvironment>): Running {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...environment } });
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
