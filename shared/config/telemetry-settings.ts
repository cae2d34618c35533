// Where telemetry goes (docs/telemetry.md). Apart from the other settings because it is read at start-up, without zod, and
// because a fault in it must never take an endpoint away: what cannot be used means no telemetry.

import type { Environment } from "./raw-settings.ts";

/** What is read for telemetry; the deployment sets each or says why not (infra/check). */
export const TELEMETRY_SETTING_NAMES = [
  "APPLICATIONINSIGHTS_CONNECTION_STRING",
  "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_BSP_SCHEDULE_DELAY",
  "OTEL_METRIC_EXPORT_INTERVAL",
] as const;

interface Pace {
  readonly spanDelayMs: number | undefined;
  readonly metricIntervalMs: number | undefined;
}

export type TelemetrySettings = Pace &
  (
    | { readonly kind: "otlp"; readonly endpoint: string }
    | {
        readonly kind: "azure-monitor";
        readonly connectionString: string;
        /** Null: the resource takes telemetry without a token. */
        readonly identity: { readonly clientId: string | null; readonly available: boolean } | null;
      }
  );

/** Null where nothing is set: nothing is recorded. An OTLP endpoint that is set by hand goes first. */
export function readTelemetrySettings(environment: Environment): TelemetrySettings | null {
  const pace = {
    spanDelayMs: milliseconds(environment.OTEL_BSP_SCHEDULE_DELAY),
    metricIntervalMs: milliseconds(environment.OTEL_METRIC_EXPORT_INTERVAL),
  };
  const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT?.trim() ?? "";
  if (/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) {
    return { kind: "otlp", endpoint, ...pace };
  }
  const connectionString = environment.APPLICATIONINSIGHTS_CONNECTION_STRING?.trim() ?? "";
  if (connectionString === "") return null;
  return {
    kind: "azure-monitor",
    connectionString,
    identity: readIdentity(environment),
    ...pace,
  };
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

function milliseconds(text: string | undefined): number | undefined {
  return /^[1-9]\d{0,6}$/.test(text ?? "") ? Number(text) : undefined;
}
