// The largest instances, three zones and no network of its own: options that the other variants have in other combinations. It is
// never deployed.

using '../main.bicep'

param environmentName = 'demo'
param nameToken = 'abcdefghijklm'
param clientId = '11111111-1111-4111-8111-111111111111'
param clientCredential = 'managed-identity'
param genie = {
  workspaceUrl: 'https://adb-1234567890123456.7.azuredatabricks.net'
  spaceId: '01ef0000000000000000000000000001'
}
param instanceMemoryMB = 4096
param storageSku = 'Standard_ZRS'
param alertEmail = 'others@example.com'
