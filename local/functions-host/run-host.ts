// One Functions host with its app, in this process: settings, app, triggers. Composition only; each rule of the
// real host is in the file it names.

import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { systemClock } from "../../shared/telemetry/clock.ts";
import { type FunctionSummary, indexFunctions, summarise } from "./function-index.ts";
import { readHostSettings } from "./host-json.ts";
import { createHostLog, type HostLog } from "./host-log.ts";
import type { StartMessage } from "./host-messages.ts";
import { listenHttp } from "./http/http-listener.ts";
import { startTriggers } from "./start-triggers.ts";
import { provideCoreModule, type Registrations } from "./worker/core-module.ts";
import { createHooks, type Hooks } from "./worker/hooks.ts";
import { createInvoke } from "./worker/invoke.ts";
import { loadApp } from "./worker/load-app.ts";

export interface RunningHost {
  readonly port: number;
  readonly functions: readonly FunctionSummary[];
  /** Runs the appTerminate hooks. Work in flight is not awaited, as in the real worker. */
  stop(): Promise<void>;
}

/** Rejects when the host cannot run. An app that cannot be loaded is a host with zero functions. */
export async function runHost(start: StartMessage): Promise<RunningHost> {
  const log = createHostLog();
  const settings = await readHostSettings(start.appFolder, process.env);
  const http = await listenHttp(start.port);
  prepareProcess(start, http.port);

  const hooks = createHooks();
  const registrations = provideCoreModule(hooks, log);
  const loaded = await startApp(start.appFolder, { hooks, registrations, log });
  const functions = indexFunctions(loaded.values(), settings, process.env);
  report(functions.map(summarise), log);

  const stopping = new AbortController();
  const model = registrations.programmingModel();
  if (model !== undefined && loaded.size > 0) {
    const { HttpUri: workerUrl } = await model.getCapabilities({});
    const invoke = createInvoke({ model, hooks, log, timeoutMs: settings.functionTimeoutMs });
    const parts = { functions, start, settings, invoke, workerUrl, http, log, clock: systemClock };
    startTriggers(parts, stopping.signal);
  } else {
    http.serve({ functions: [], keys: start.keys, exchange: async () => {} });
  }
  return {
    port: http.port,
    functions: functions.map(summarise),
    async stop() {
      stopping.abort();
      http.close();
      await hooks.run("appTerminate", { hookData: {} });
    },
  };
}

// The app must find its certificates and settings in place when its first file is loaded.
function prepareProcess(start: StartMessage, port: number): void {
  process.chdir(start.appFolder);
  process.env.WEBSITE_HOSTNAME = `localhost:${port}`;
  process.env.FUNCTIONS_APPLICATION_DIRECTORY = start.appFolder;
  if (start.trustedCa !== undefined) {
    setDefaultCACertificates([...getCACertificates("default"), start.trustedCa]);
  }
}

interface AppParts {
  readonly hooks: Hooks;
  readonly registrations: Registrations;
  readonly log: HostLog;
}

async function startApp(
  appFolder: string,
  { hooks, registrations, log }: AppParts,
): Promise<Registrations["functions"]> {
  try {
    await loadApp(appFolder);
    await hooks.run("appStart", { hookData: {}, functionAppDirectory: appFolder });
    return registrations.functions;
  } catch (error) {
    log("error", error instanceof Error ? (error.stack ?? error.message) : String(error));
    return new Map();
  } finally {
    registrations.finishStartup();
  }
}

function report(functions: readonly FunctionSummary[], log: HostLog): void {
  if (functions.length === 0) {
    log("error", "0 functions found. No function of the app can be called.");
  }
  for (const { name, error } of functions) {
    if (error !== undefined) {
      log("error", `The '${name}' function is in error: ${error}`);
    }
  }
}
