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
      expect(readTelemetrySettings(environment)).toBeNull();
    },
  );
}

verifies("telemetry.one-trace", "an OTLP endpoint goes before Application Insights", () => {
  const endpoint = "http://127.0.0.1:4318";
  const settings = readTelemetrySettings({
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
    const settings = readTelemetrySettings({
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
