// The plain deployment, with invented ids: what `npm run infra:check` looks at. It is never deployed.

using '../main.bicep'

param environmentName = 'demo'
param nameToken = 'abcdefghijklm'
param clientId = '11111111-1111-4111-8111-111111111111'
param genie = {
  workspaceUrl: 'https://adb-1234567890123456.7.azuredatabricks.net'
  spaceId: '01ef0000000000000000000000000001'
}
