// The settings as text, before any rule: only names this project knows, blank ones dropped.
// It judges nothing and keeps nothing.

/** Every environment variable that the gateway reads. */
export const SETTING_NAMES = [
  "TENANT_ID",
  "CLIENT_ID",
  "KEY_VAULT_URL",
  "CLIENT_SECRET_NAME",
  "CLIENT_SECRET",
  "ALLOW_PLAIN_SECRET",
  "CLIENT_CREDENTIAL",
  "AZURE_CLIENT_ID",
  "AUTHORITY_HOST",
  "API_AUDIENCE",
  "API_SCOPE",
  "API_APP_ROLE",
  "APP_ENDPOINT_AUTH",
  "ALLOWED_CLIENT_IDS",
  "GENIE__WORKSPACE_URL",
  "GENIE__SPACE_ID",
  "GENIE__SPACES",
  "GENIE__QUESTIONS_PER_MINUTE",
  "GENIE__MAX_WAIT_SECONDS",
  "GENIE__DEADLINE_MINUTES",
  "DATABRICKS_RESOURCE_ID",
  "AzureWebJobsStorage",
  "AzureWebJobsStorage__accountName",
  "AzureWebJobsStorage__tableServiceUri",
  "AzureWebJobsStorage__queueServiceUri",
  "AzureWebJobsStorage__credential",
  "AzureWebJobsStorage__clientId",
  "PUBLIC_BASE_URL",
  "CALLBACK_ALLOWED_HOSTS",
  "WEBHOOK_SIGNING_SECRET_NAME",
  "WEBHOOK_SIGNING_SECRET",
  "SEALING_KEY_NAME",
  "SEALING_KEY",
  // Set by the platform, never by hand:
  "WEBSITE_INSTANCE_ID",
  "WEBSITE_POD_NAME",
  "CONTAINER_NAME",
  "WEBSITE_HOSTNAME",
  "IDENTITY_ENDPOINT",
] as const;

export type SettingName = (typeof SETTING_NAMES)[number];
export type RawSettings = Readonly<Partial<Record<SettingName, string>>>;
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Picks the known settings out of an environment. Blanks around a value are a copy-and-paste accident and
 * go; a blank value counts as not set, because deployment templates write empty strings for "nothing".
 * `APP_ENDPOINT_AUTH` alone is taken as it is: only the exact word opens `query-app` (design §2).
 */
export function toRawSettings(environment: Environment): RawSettings {
  const raw: Partial<Record<SettingName, string>> = {};
  for (const name of SETTING_NAMES) {
    const given = environment[name];
    const value = name === "APP_ENDPOINT_AUTH" ? given : given?.trim();
    if (value === undefined) continue;
    if (value !== "" || name === "APP_ENDPOINT_AUTH") raw[name] = value;
  }
  return raw;
}
