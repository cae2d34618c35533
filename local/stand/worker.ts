// One worker of the stand: a Functions host in a process of its own that keeps its port and its keys when it is
// started again. One that ends by itself is started again at once, as the platform does; a killed one stays away.

import {
  type FunctionsHost,
  type FunctionsHostOptions,
  startFunctionsHost,
} from "../functions-host/start-functions-host.ts";

export interface Worker {
  /** The present process; another one after each restart. */
  readonly host: FunctionsHost;
  /** True while the process can take requests. */
  readonly isRunning: boolean;
  /** SIGKILL: nothing of it runs any more, until `restart`. */
  kill(): Promise<void>;
  /** Starts it again on the same port; a running one is killed first. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws Error with the output when the host cannot run */
export async function startWorker(options: FunctionsHostOptions): Promise<Worker> {
  let host = await startFunctionsHost(options);
  let state: "running" | "down" | "starting" = "running";
  const port = Number(new URL(host.url).port);
  const again = { ...options, port, keys: host.keys };

  const start = async (): Promise<void> => {
    state = "starting";
    host = await startFunctionsHost(again);
    state = "running";
    void watch(host);
  };
  const watch = async (watched: FunctionsHost): Promise<void> => {
    await watched.exited;
    if (watched !== host || state !== "running") return;
    options.onOutput?.(`The worker on port ${port} has ended and is started again.\n`);
    await start().catch(() => options.onOutput?.(`It cannot be started on port ${port}.\n`));
  };
  const end = async (how: "kill" | "stop"): Promise<void> => {
    state = "down";
    await host[how]();
  };
  void watch(host);

  return {
    get host() {
      return host;
    },
    get isRunning() {
      return state === "running";
    },
    kill: () => end("kill"),
    restart: async () => {
      await end("kill");
      await start();
    },
    stop: () => end("stop"),
  };
}
