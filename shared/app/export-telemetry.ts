// Records spans and measurements from now on, and loads the exporter that the settings name once the first piece of work is
// over. Never on the start-up path.

import type { Environment } from "../config/raw-settings.ts";
import { silenceAzureMonitor } from "../config/silence-azure-monitor.ts";
import { readTelemetrySettings, type TelemetrySettings } from "../config/telemetry-settings.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { type Exporting, startLateExport } from "../telemetry/late-export.ts";
import type { Exporters } from "../telemetry/open-telemetry.ts";
import { VERSION } from "./version.ts";

/** @returns how to end: sends what is left, within half a second. Undefined where the settings cannot be used */
export function exportTelemetry(environment: Environment): (() => Promise<void>) | undefined {
  const settings = readTelemetrySettings(environment);
  if (settings === null) return undefined;
  const instance = environment.WEBSITE_INSTANCE_ID ?? environment.CONTAINER_NAME ?? "local";
  const logger = createJsonLogger(systemClock);
  return startLateExport({ load: () => load(settings, instance), clock: systemClock, logger });
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
