// Parameters from the environment: azd's variables and the names that infra/README.md lists. Nothing secret is among them.
// An unset one that has no default stops the deployment with its name.

using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param clientId = readEnvironmentVariable('GENIE_CLIENT_ID')
param clientCredential = readEnvironmentVariable('GENIE_CLIENT_CREDENTIAL', 'key-vault')
param genie = {
  workspaceUrl: readEnvironmentVariable('GENIE_WORKSPACE_URL')
  spaceId: readEnvironmentVariable('GENIE_SPACE_ID', '')
  // JSON, so that what is not set stays null and the code's own default counts.
  spaces: json(readEnvironmentVariable('GENIE_SPACES', 'null'))
  questionsPerMinute: json(readEnvironmentVariable('GENIE_QUESTIONS_PER_MINUTE', 'null'))
  maxWaitSeconds: json(readEnvironmentVariable('GENIE_MAX_WAIT_SECONDS', 'null'))
  deadlineMinutes: json(readEnvironmentVariable('GENIE_DEADLINE_MINUTES', 'null'))
  allowedClientIds: json(readEnvironmentVariable('GENIE_ALLOWED_CLIENT_IDS', 'null'))
  callbackAllowedHosts: json(readEnvironmentVariable('GENIE_CALLBACK_ALLOWED_HOSTS', 'null'))
  appEndpointAuth: readEnvironmentVariable('GENIE_APP_ENDPOINT_AUTH', 'entra')
}
param publicBaseUrl = readEnvironmentVariable('GENIE_PUBLIC_BASE_URL', '')
param instanceMemoryMB = json(readEnvironmentVariable('GENIE_INSTANCE_MEMORY_MB', '2048'))
param httpConcurrency = json(readEnvironmentVariable('GENIE_HTTP_CONCURRENCY', '200'))
param httpAlwaysReady = json(readEnvironmentVariable('GENIE_HTTP_ALWAYS_READY', '0'))
param privateNetwork = json(readEnvironmentVariable('GENIE_PRIVATE_NETWORK', 'false'))
param adminAddressRanges = json(readEnvironmentVariable('GENIE_ADMIN_ADDRESS_RANGES', '[]'))
// {"objectId":"…","kind":"User"}
param secretsOfficer = json(readEnvironmentVariable('GENIE_SECRETS_OFFICER', 'null'))
param deployerObjectId = readEnvironmentVariable('GENIE_DEPLOYER_OBJECT_ID', '')
param alertEmail = readEnvironmentVariable('GENIE_ALERT_EMAIL', '')
