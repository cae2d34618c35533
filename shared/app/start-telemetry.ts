// Starts and ends the recording of spans and metrics, where the settings name a place for them. On the start-up path: without
// such a setting it reads a few variables and does nothing; with one it imports nothing before the first piece of work is over.

import { processEnvironment, silenceAzureMonitor } from "../config/process-environment.ts";
import { readTelemetrySettings, type TelemetrySettings } from "../config/telemetry-settings.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { type Exporting, startLateExport } from "../telemetry/late-export.ts";
import type { Exporters } from "../telemetry/open-telemetry.ts";
import { VERSION } from "./version.ts";

let stop: (() => Promise<void>) | undefined;

export function startTelemetry(): void {
  const environment = processEnvironment();
  const settings = readTelemetrySettings(environment);
  if (settings === null) return;
  const instance = environment.WEBSITE_INSTANCE_ID ?? environment.CONTAINER_NAME ?? "local";
  const logger = createJsonLogger(systemClock);
  stop = startLateExport({ load: () => load(settings, instance), clock: systemClock, logger });
}

/** Sends what is left, within a second. */
export async function stopTelemetry(): Promise<void> {
  await stop?.();
}

async function load(settings: TelemetrySettings, instance: string): Promise<Exporting> {
  const [{ exportWith }, exporters] = await Promise.all([
    import("../telemetry/open-telemetry.ts"),
    loadExporters(settings),
  ]);
  return exportWith(exporters, { ...settings, version: VERSION, instance });
}

async function loadExporters(settings: TelemetrySettings): Promise<Exporters> {
  if (settings.kind === "otlp") {
    const { createOtlpExporters } = await import("../telemetry/otlp-exporters.ts");
    return createOtlpExporters(settings.endpoint);
  }
  silenceAzureMonitor(); // before its first file is loaded
  const [{ createAzureMonitorExporters }, { createMonitorCredential }] = await Promise.all([
    import("../telemetry/azure-monitor-exporters.ts"),
    import("./monitor-credential.ts"),
  ]);
  const { connectionString, identity } = settings;
  return createAzureMonitorExporters(
    connectionString,
    identity && createMonitorCredential(identity),
  );
}
