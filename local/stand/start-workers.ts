// The workers of the stand: one host that listens itself, or several behind the front. All have the same settings
// and keys, so that any of them can answer any request.

import type { HostKeys } from "../functions-host/http/function-keys.ts";
import { type Front, startFront } from "./front.ts";
import type { StandSettings } from "./stand-settings.ts";
import { startWorker, type Worker } from "./worker.ts";

export interface WorkersOptions {
  readonly appFolder: string;
  /** Of the address that callers use. Default 0: a free port. */
  readonly port?: number;
  /** How many. Default 1. */
  readonly workers?: number;
  readonly settings: StandSettings;
  readonly trustedCa: string;
  readonly onOutput?: (text: string) => void;
}

export interface Workers {
  readonly url: string;
  /** What they run with; `PUBLIC_BASE_URL` is the front, so that a link outlives the worker that gave it. */
  readonly settings: StandSettings;
  readonly workers: readonly [Worker, ...Worker[]];
  close(): Promise<void>;
}

/** @throws Error when a port is taken or a host cannot run; nothing is left running. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { workers: count = 1, port = 0, settings } = options;
  if (count === 1) {
    const worker = await oneWorker(options, settings, { port });
    return { url: worker.host.url, settings, workers: [worker], close: worker.stop };
  }
  const running: Worker[] = [];
  const targets = () => running.filter(({ isRunning }) => isRunning).map(({ host }) => host.url);
  const front = await startFront({ port, targets });
  const close = () => closeAll(front, running);
  try {
    const shared = { PUBLIC_BASE_URL: front.url, ...settings };
    const first = await oneWorker(options, shared, { port: 0 });
    running.push(first);
    const { keys } = first.host;
    while (running.length < count) running.push(await oneWorker(options, shared, { keys }));
    const [, ...rest] = running;
    return { url: front.url, settings: shared, workers: [first, ...rest], close };
  } catch (error) {
    await close();
    throw error;
  }
}

function oneWorker(
  { appFolder, trustedCa, onOutput }: WorkersOptions,
  env: StandSettings,
  own: { readonly port?: number; readonly keys?: HostKeys },
): Promise<Worker> {
  const output = onOutput === undefined ? {} : { onOutput };
  return startWorker({ appFolder, trustedCa, env, ...output, ...own });
}

async function closeAll(front: Front, workers: readonly Worker[]): Promise<void> {
  front.close();
  await Promise.all(workers.map((worker) => worker.stop()));
}
