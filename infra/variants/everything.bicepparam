// Every option on, with invented ids: private network, no client secret, each optional setting, each optional grant. What
// `npm run infra:check` looks at; it is never deployed.

using '../main.bicep'

param environmentName = 'demo'
param nameToken = 'abcdefghijklm'
param clientId = '11111111-1111-4111-8111-111111111111'
param clientCredential = 'managed-identity'
param genie = {
  workspaceUrl: 'https://adb-1234567890123456.7.azuredatabricks.net'
  spaceId: '01ef0000000000000000000000000001'
  spaces: { sales: '01ef0000000000000000000000000002' }
  questionsPerMinute: 20
  maxWaitSeconds: 60
  deadlineMinutes: 20
  allowedClientIds: ['22222222-2222-4222-8222-222222222222', '33333333-3333-4333-8333-333333333333']
  callbackAllowedHosts: ['.logic.azure.com', 'hooks.example.com']
  appEndpointAuth: 'function-key'
}
param publicBaseUrl = 'https://genie.example.com'
param instanceMemoryMB = 512
param httpAlwaysReady = 1
param storageSku = 'Standard_ZRS'
param privateNetwork = true
param adminAddressRanges = ['203.0.113.0/24']
param secretsOfficer = { objectId: '44444444-4444-4444-8444-444444444444', kind: 'Group' }
param deployerObjectId = '55555555-5555-4555-8555-555555555555'
param alertEmail = 'on-call@example.com'
