// Parameters from the environment: azd's variables and the names that infra/README.md lists. Nothing secret is among them.
// What is dangerous to lose has no default: a later deployment from a shell that lacks it stops with its name, where a default
// would let all clients in, open the network, or take the credential or the alerts away. The rest is optional.

using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param clientId = readEnvironmentVariable('GENIE_CLIENT_ID')
param clientCredential = readEnvironmentVariable('GENIE_CLIENT_CREDENTIAL')
var spaceId = readEnvironmentVariable('GENIE_SPACE_ID', '')
var spaces = json(readEnvironmentVariable('GENIE_SPACES', 'null'))
param genie = {
  workspaceUrl: readEnvironmentVariable('GENIE_WORKSPACE_URL')
  spaceId: empty(spaceId) && empty(spaces)
    ? fail('Set GENIE_SPACE_ID, the id of the Genie space, or GENIE_SPACES, a JSON object of alias and space id.')
    : spaceId
  // JSON, so that what is not set stays null and the code's own default counts.
  spaces: spaces
  questionsPerMinute: json(readEnvironmentVariable('GENIE_QUESTIONS_PER_MINUTE', 'null'))
  maxWaitSeconds: json(readEnvironmentVariable('GENIE_MAX_WAIT_SECONDS', 'null'))
  deadlineMinutes: json(readEnvironmentVariable('GENIE_DEADLINE_MINUTES', 'null'))
  // null: all of the tenant.
  allowedClientIds: json(readEnvironmentVariable('GENIE_ALLOWED_CLIENT_IDS'))
  callbackAllowedHosts: json(readEnvironmentVariable('GENIE_CALLBACK_ALLOWED_HOSTS', 'null'))
  appEndpointAuth: readEnvironmentVariable('GENIE_APP_ENDPOINT_AUTH', 'entra')
}
param publicBaseUrl = readEnvironmentVariable('GENIE_PUBLIC_BASE_URL', '')
param instanceMemoryMB = json(readEnvironmentVariable('GENIE_INSTANCE_MEMORY_MB', '2048'))
param httpConcurrency = json(readEnvironmentVariable('GENIE_HTTP_CONCURRENCY', 'null'))
param httpAlwaysReady = json(readEnvironmentVariable('GENIE_HTTP_ALWAYS_READY', '0'))
param privateNetwork = json(readEnvironmentVariable('GENIE_PRIVATE_NETWORK'))
param adminAddressRanges = json(readEnvironmentVariable('GENIE_ADMIN_ADDRESS_RANGES', '[]'))
// {"objectId":"…","kind":"User"}
param secretsOfficer = json(readEnvironmentVariable('GENIE_SECRETS_OFFICER', 'null'))
param deployerObjectId = readEnvironmentVariable('GENIE_DEPLOYER_OBJECT_ID', '')
param logDailyQuotaGb = json(readEnvironmentVariable('GENIE_LOG_DAILY_QUOTA_GB', '1'))
var alertReceiver = readEnvironmentVariable('GENIE_ALERT_EMAIL')
param alertEmail = alertReceiver == 'none' ? '' : alertReceiver
