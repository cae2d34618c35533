// Starts the development host for Azure Functions: a child process that loads an app folder with the real
// `@azure/functions` package and serves it by the real host's rules. It knows nothing of this product.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "./child-environment.ts";
import { collectOutput } from "./collect-output.ts";
import type { FunctionSummary } from "./function-index.ts";
import type { HostMessage, ParentMessage } from "./host-messages.ts";
import { completeKeys, type HostKeys } from "./http/function-keys.ts";

export interface FunctionsHostOptions {
  /** Folder with host.json and package.json. */
  readonly appFolder: string;
  /** Default 0: a free port. */
  readonly port?: number;
  /** App settings: all the app sees besides a few variables of the system (see child-environment.ts). */
  readonly env?: Readonly<Record<string, string>>;
  /** Missing ones are made up; see `keys` of the result. */
  readonly keys?: Partial<HostKeys>;
  /** PEM certificates that the app's outgoing https shall trust besides the usual ones. */
  readonly trustedCa?: string;
  /** Receives the host's and the app's output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** How long a streamed request may be silent before the proxy answers 500. Default 240,000, as in Azure. */
  readonly activityTimeoutMs?: number;
  /**
   * Where every answer is written down (record-exchange.ts). Default: the variable `RECORD_EXCHANGES` of this process,
   * which tests alone set; without it nothing is.
   */
  readonly recordFolder?: string;
}

export interface FunctionsHost {
  /** Without a trailing slash. */
  readonly url: string;
  /** In the host's matching order. Empty when the app could not be loaded: see the output. */
  readonly functions: readonly FunctionSummary[];
  readonly keys: HostKeys;
  /** What host and app wrote so far, stdout and stderr together; the last 2 MiB characters. */
  output(): string;
  /** Ends the process at once, like a lost worker: nothing of the app runs any more. */
  kill(): Promise<void>;
  /** Runs the app's appTerminate hooks and ends the process; after 900 ms it is killed. */
  stop(): Promise<void>;
  /** Fulfils with the exit code, or null after a kill, whoever ended the process. */
  readonly exited: Promise<number | null>;
}

const entry = fileURLToPath(new URL("host-process.ts", import.meta.url));
const startTimeoutMs = 30_000;
const stopTimeoutMs = 900;

/** Rejects, with the output, when the host cannot run. An app that fails to load is not that. */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const keys = completeKeys(options.keys ?? {});
  const child = fork(entry, [], {
    env: childEnvironment(options.env ?? {}),
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const output = collectOutput(child, options.onOutput);
  const recordFolder = options.recordFolder ?? process.env.RECORD_EXCHANGES;
  const exited = once(child, "exit").then(([code]: (number | null)[]) => code ?? null);
  order(child, {
    kind: "start",
    appFolder: resolve(options.appFolder),
    port: options.port ?? 0,
    keys,
    activityTimeoutMs: options.activityTimeoutMs ?? 240_000,
    ...(options.trustedCa !== undefined && { trustedCa: options.trustedCa }),
    ...(recordFolder !== undefined && { recordFolder: resolve(recordFolder) }),
  });
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  const first = await firstMessage(child, exited);
  if (first.kind === "failed") {
    await kill();
    throw new Error(`The Functions host cannot run: ${first.reason}\n${output()}`);
  }
  return {
    url: `http://127.0.0.1:${first.port}`,
    functions: first.functions,
    keys,
    output,
    exited,
    kill,
    stop: () => stop(child, exited),
  };
}

async function firstMessage(
  child: ChildProcess,
  exited: Promise<number | null>,
): Promise<HostMessage> {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), startTimeoutMs);
  try {
    return await Promise.race([
      once(child, "message", { signal: silent.signal }).then(([message]: HostMessage[]) =>
        message === undefined ? failed("it said nothing") : message,
      ),
      exited.then((code) => failed(`its process ended with code ${code}`)),
    ]);
  } catch {
    return failed(`it was not ready after ${startTimeoutMs} ms`);
  } finally {
    clearTimeout(timer);
  }
}

async function stop(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  if (child.connected) {
    order(child, { kind: "stop" });
  }
  const timer = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
  await exited;
  clearTimeout(timer);
}

function failed(reason: string): HostMessage {
  return { kind: "failed", reason };
}

function order(child: ChildProcess, message: ParentMessage): void {
  // A process that has just died has an `exit` to tell of it; the failed send adds nothing.
  child.send(message, () => {});
}
