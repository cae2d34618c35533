// Where telemetry goes (docs/telemetry.md). Apart from the other settings because it is read at start-up, without zod, and
// because a fault in it must never take an endpoint away: what cannot be used means no telemetry.

import type { Environment } from "./raw-settings.ts";
import { KEEP_ALL, ratioIn, type Sampling, samplerNamed } from "./trace-sampling.ts";

/** What is read for telemetry; the deployment sets each or says why not (infra/check). */
export const TELEMETRY_SETTING_NAMES = [
  "APPLICATIONINSIGHTS_CONNECTION_STRING",
  "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_BSP_SCHEDULE_DELAY",
  "OTEL_METRIC_EXPORT_INTERVAL",
  "OTEL_TRACES_SAMPLER",
  "OTEL_TRACES_SAMPLER_ARG",
] as const;

interface Common {
  readonly spanDelayMs: number | undefined;
  readonly metricIntervalMs: number | undefined;
  readonly sampling: Sampling;
}

export type TelemetrySettings = Common &
  (
    | { readonly kind: "otlp"; readonly endpoint: string }
    | {
        readonly kind: "azure-monitor";
        readonly connectionString: string;
        /** Null: the resource takes telemetry without a token. */
        readonly identity: { readonly clientId: string | null; readonly available: boolean } | null;
      }
  );

export interface ReadTelemetrySettings {
  /** Null where nothing is set that can be used: nothing is recorded. */
  readonly settings: TelemetrySettings | null;
  /** Names of settings whose value cannot be used; their default counts. */
  readonly ignored: readonly string[];
}

/** An OTLP endpoint that is set by hand goes first. */
export function readTelemetrySettings(environment: Environment): ReadTelemetrySettings {
  const ignored: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T | undefined): T | undefined => {
    const text = environment[name]?.trim() ?? "";
    const value = text === "" ? undefined : parse(text);
    if (text !== "" && value === undefined) ignored.push(name);
    return value;
  };
  const ratio = read("OTEL_TRACES_SAMPLER_ARG", ratioIn) ?? 1;
  const common = {
    spanDelayMs: read("OTEL_BSP_SCHEDULE_DELAY", milliseconds),
    metricIntervalMs: read("OTEL_METRIC_EXPORT_INTERVAL", milliseconds),
    sampling: read("OTEL_TRACES_SAMPLER", samplerNamed)?.(ratio) ?? KEEP_ALL,
  };
  const endpoint = read("OTEL_EXPORTER_OTLP_ENDPOINT", httpUrl);
  const connectionString = environment.APPLICATIONINSIGHTS_CONNECTION_STRING?.trim() ?? "";
  if (endpoint !== undefined) return { settings: { kind: "otlp", endpoint, ...common }, ignored };
  if (connectionString === "") return { settings: null, ignored };
  const identity = readIdentity(environment);
  return { settings: { kind: "azure-monitor", connectionString, identity, ...common }, ignored };
}

/** `Authorization=AAD`, for a user-assigned identity with `ClientId=…`, in any order. */
function readIdentity(environment: Environment) {
  const text = environment.APPLICATIONINSIGHTS_AUTHENTICATION_STRING ?? "";
  const parts = new Map(
    text.split(";").map((part): [string, string] => {
      const [name = "", value = ""] = part.split("=", 2);
      return [name.trim().toLowerCase(), value.trim()];
    }),
  );
  if (parts.get("authorization")?.toUpperCase() !== "AAD") return null;
  const available = (environment.IDENTITY_ENDPOINT ?? "") !== "";
  return { clientId: parts.get("clientid") || null, available };
}

function milliseconds(text: string): number | undefined {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}

function httpUrl(text: string): string | undefined {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? "") ? text : undefined;
}
