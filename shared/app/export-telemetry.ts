// Records spans and measurements from now on, and loads the exporter that the settings name once the first piece of work is
// over. Never on the start-up path.

import type { Environment } from "../config/raw-settings.ts";
import { silenceAzureMonitor } from "../config/silence-azure-monitor.ts";
import { readTelemetrySettings, type TelemetrySettings } from "../config/telemetry-settings.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { type Exporting, startLateExport } from "../telemetry/late-export.ts";
import type { Exporters } from "../telemetry/open-telemetry.ts";
import {
  createFailureReport,
  type ReportFailure,
  reportFailuresOf,
} from "../telemetry/report-failures.ts";
import { createSampler } from "../telemetry/sampler.ts";
import { VERSION } from "./version.ts";

/** @returns how to end: sends what is left, within half a second. Undefined where the settings cannot be used */
export function exportTelemetry(environment: Environment): (() => Promise<void>) | undefined {
  const logger = createJsonLogger(systemClock);
  const { settings, ignored } = readTelemetrySettings(environment);
  // The name alone: a connection string in the wrong setting would stand in the log.
  for (const setting of ignored) logger.warn("telemetry_setting_ignored", { setting });
  if (settings === null) return undefined;
  const instance = environment.WEBSITE_INSTANCE_ID ?? environment.CONTAINER_NAME ?? "local";
  return startLateExport({
    load: () => load(settings, instance, createFailureReport(logger, systemClock)),
    clock: systemClock,
    logger,
    sampler: createSampler(settings.sampling),
  });
}

async function load(
  settings: TelemetrySettings,
  instance: string,
  report: ReportFailure,
): Promise<Exporting> {
  const [{ exportWith }, exporters] = await Promise.all([
    import("../telemetry/open-telemetry.ts"),
    loadExporters(settings, report),
  ]);
  reportFailuresOf(exporters.spans, "spans", { report, clock: systemClock });
  reportFailuresOf(exporters.metrics, "metrics", { report, clock: systemClock });
  const options = { ...settings, version: VERSION, instance };
  return exportWith(exporters, { ...options, sampleRate: sampleRateOf(settings) });
}

/** Where callers decide too, nobody knows how many each span stands for. */
function sampleRateOf({ kind, sampling }: TelemetrySettings): number | undefined {
  const isKnown = kind === "azure-monitor" && !sampling.followsCaller && sampling.ratio < 1;
  return isKnown ? sampling.ratio * 100 : undefined;
}

async function loadExporters(
  settings: TelemetrySettings,
  report: ReportFailure,
): Promise<Exporters> {
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
    report,
  );
}
