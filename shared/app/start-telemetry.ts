// Starts and ends telemetry where a setting names a place for it. On the start-up path: without such a setting it looks at two
// variables, and with one it imports the recorder beside the registration of the functions. No request waits for it.

import { processEnvironment } from "../config/process-environment.ts";

let stop: Promise<(() => Promise<void>) | undefined> | undefined;

/** Never throws. What is worked on before the recorder is there, some milliseconds, is not recorded. */
export function startTelemetry(): void {
  const environment = processEnvironment();
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = environment;
  if (!endpoint && !environment.APPLICATIONINSIGHTS_CONNECTION_STRING) return;
  stop = import("./export-telemetry.ts")
    .then(({ exportTelemetry }) => exportTelemetry(environment))
    .catch(() => undefined); // a package that is broken on disk costs the telemetry alone
}

/** Sends what is left, within half a second. */
export async function stopTelemetry(): Promise<void> {
  await (await stop)?.();
}
