// Settings of the gateway that the deployment deliberately does not set, and why. Every other one is set; a test keeps the
// two lists apart and complete.

import type { SettingName } from "../../shared/config/raw-settings.ts";
import type { TELEMETRY_SETTING_NAMES } from "../../shared/config/telemetry-settings.ts";

type Name = SettingName | (typeof TELEMETRY_SETTING_NAMES)[number];

const DEFAULT = "the default is what the registration script sets up";
const PLAIN = "a plain secret; the vault has it";
const PLATFORM = "set by the platform";
const KEEP = "every trace is kept: at most 6 USD a month at 100,000 questions (docs/telemetry.md)";
const PACE = "the default of docs/telemetry.md";
const OTHER_CLOUD = "only for clouds other than the public one";

export const LEFT_OUT_SETTINGS: Readonly<Partial<Record<Name, string>>> = {
  CLIENT_SECRET_NAME: DEFAULT,
  WEBHOOK_SIGNING_SECRET_NAME: DEFAULT,
  SEALING_KEY_NAME: DEFAULT,
  API_AUDIENCE: DEFAULT,
  API_SCOPE: DEFAULT,
  API_APP_ROLE: DEFAULT,
  CLIENT_SECRET: PLAIN,
  WEBHOOK_SIGNING_SECRET: PLAIN,
  SEALING_KEY: PLAIN,
  ALLOW_PLAIN_SECRET: "would let plain secrets in",
  AzureWebJobsStorage:
    "a connection string holds a key, and an empty one beats the identity settings",
  AUTHORITY_HOST: OTHER_CLOUD,
  DATABRICKS_RESOURCE_ID: OTHER_CLOUD,
  AzureWebJobsStorage__tableServiceUri: OTHER_CLOUD,
  AzureWebJobsStorage__queueServiceUri: OTHER_CLOUD,
  OTEL_EXPORTER_OTLP_ENDPOINT:
    "would go before Application Insights, which alerts and workbook read",
  OTEL_BSP_SCHEDULE_DELAY: PACE,
  OTEL_METRIC_EXPORT_INTERVAL: PACE,
  OTEL_TRACES_SAMPLER: KEEP,
  OTEL_TRACES_SAMPLER_ARG: KEEP,
  WEBSITE_INSTANCE_ID: PLATFORM,
  WEBSITE_POD_NAME: PLATFORM,
  WEBSITE_HOSTNAME: PLATFORM,
  CONTAINER_NAME: PLATFORM,
  IDENTITY_ENDPOINT: PLATFORM,
};
