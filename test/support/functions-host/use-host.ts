// Runs one app in the development host for the tests of a file, or for one test.

import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import {
  type FunctionsHost,
  type FunctionsHostOptions,
  startFunctionsHost,
} from "../../../local/functions-host/start-functions-host.ts";

export type FixtureApp = "buffered-app" | "faulty-app" | "queue-app" | "streamed-app" | "timer-app";

/** The caller stops it. */
export function startFixture(
  app: FixtureApp,
  options: Omit<FunctionsHostOptions, "appFolder"> = {},
): Promise<FunctionsHost> {
  return startFunctionsHost({ ...options, appFolder: join(import.meta.dirname, app) });
}

/** Started before the tests of this file, stopped after them; to be called inside tests only. */
export function useHost(
  app: FixtureApp,
  options: Omit<FunctionsHostOptions, "appFolder"> = {},
): () => FunctionsHost {
  return useApp({ ...options, appFolder: join(import.meta.dirname, app) });
}

/** The same with an app that lies elsewhere. */
export function useApp(options: FunctionsHostOptions): () => FunctionsHost {
  let host: FunctionsHost | undefined;
  beforeAll(async () => {
    host = await startFunctionsHost(options);
  });
  afterAll(async () => {
    await host?.stop();
  });
  return () => {
    if (host === undefined) throw new Error("the host is there inside tests only");
    return host;
  };
}
