// Where telemetry goes by the settings. Nothing that is set wrongly may cost more than the telemetry.

import { expect } from "vitest";
import { readTelemetrySettings } from "../../../shared/config/telemetry-settings.ts";
import { verifies } from "../../support/verifies.ts";

const CONNECTION = "InstrumentationKey=00000000-0000-0000-0000-000000000000";

for (const environment of [
  {},
  { APPLICATIONINSIGHTS_CONNECTION_STRING: " ", OTEL_EXPORTER_OTLP_ENDPOINT: "" },
  { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4317" },
  { OTEL_EXPORTER_OTLP_ENDPOINT: "file:///etc" },
  { APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "Authorization=AAD" },
]) {
  verifies(
    "telemetry.costs-nothing",
    `nothing is recorded with ${JSON.stringify(environment)}`,
    () => {
      expect(readTelemetrySettings(environment).settings).toBeNull();
    },
  );
}

verifies("telemetry.one-trace", "an OTLP endpoint goes before Application Insights", () => {
  const endpoint = "http://127.0.0.1:4318";
  const { settings } = readTelemetrySettings({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    APPLICATIONINSIGHTS_CONNECTION_STRING: CONNECTION,
  });
  expect(settings).toMatchObject({ kind: "otlp", endpoint });
});

const identities: [text: string | undefined, identity: object | null][] = [
  [undefined, null],
  ["Authorization=AAD", { clientId: null, available: true }],
  ["ClientId=the-id;Authorization=AAD", { clientId: "the-id", available: true }],
  [" authorization = aad ; clientid = the-id ", { clientId: "the-id", available: true }],
  ["ClientId=the-id", null],
];
for (const [text, identity] of identities) {
  verifies("telemetry.one-trace", `Application Insights with ${text}`, () => {
    const { settings } = readTelemetrySettings({
      APPLICATIONINSIGHTS_CONNECTION_STRING: CONNECTION,
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: text,
      IDENTITY_ENDPOINT: "http://127.0.0.1/msi",
    });
    expect(settings).toMatchObject({
      kind: "azure-monitor",
      connectionString: CONNECTION,
      identity,
    });
  });
}

const samplers: [environment: Record<string, string>, sampling: object, ignored: string[]][] = [
  [{}, { ratio: 1, followsCaller: false }, []],
  [{ sampler: "always_on", arg: "0.5" }, { ratio: 1, followsCaller: false }, []],
  [{ sampler: "always_off" }, { ratio: 0, followsCaller: false }, []],
  [{ sampler: "traceidratio", arg: "0.1" }, { ratio: 0.1, followsCaller: false }, []],
  [{ sampler: "traceidratio" }, { ratio: 1, followsCaller: false }, []],
  [{ sampler: "parentbased_always_on" }, { ratio: 1, followsCaller: true }, []],
  [{ sampler: "parentbased_always_off" }, { ratio: 0, followsCaller: true }, []],
  [
    { sampler: " ParentBased_TraceIdRatio ", arg: " 0.25 " },
    { ratio: 0.25, followsCaller: true },
    [],
  ],
  [{ sampler: "traceidratio", arg: "10%" }, { ratio: 1, followsCaller: false }, ["ARG"]],
  [{ sampler: "traceidratio", arg: "-1" }, { ratio: 1, followsCaller: false }, ["ARG"]],
  [{ sampler: "traceidratio", arg: "1.5" }, { ratio: 1, followsCaller: false }, ["ARG"]],
  [{ sampler: "xray", arg: "NaN" }, { ratio: 1, followsCaller: false }, ["ARG", ""]],
  [{ sampler: "constructor" }, { ratio: 1, followsCaller: false }, [""]],
];
for (const [{ sampler, arg }, sampling, ignored] of samplers) {
  verifies("telemetry.sampling", `OTEL_TRACES_SAMPLER ${sampler}, ARG ${arg}`, () => {
    const read = readTelemetrySettings({
      APPLICATIONINSIGHTS_CONNECTION_STRING: CONNECTION,
      OTEL_TRACES_SAMPLER: sampler,
      OTEL_TRACES_SAMPLER_ARG: arg,
    });
    expect(read.settings?.sampling).toEqual(sampling);
    const names = ignored.map((end) =>
      end === "" ? "OTEL_TRACES_SAMPLER" : `OTEL_TRACES_SAMPLER_${end}`,
    );
    expect(read.ignored).toEqual(names);
  });
}

verifies("telemetry.sampling", "what cannot be used is named, whatever it belongs to", () => {
  const { settings, ignored } = readTelemetrySettings({
    OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4317",
    OTEL_BSP_SCHEDULE_DELAY: "5s",
    OTEL_METRIC_EXPORT_INTERVAL: "0",
  });
  expect(settings).toBeNull();
  expect(ignored.toSorted()).toEqual([
    "OTEL_BSP_SCHEDULE_DELAY",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_METRIC_EXPORT_INTERVAL",
  ]);
});
