// A private network with nothing beside it: one building, no address range, a person who writes the secrets. What goes wrong only in this
// combination neither of the other variants shows. It is never deployed.

using '../main.bicep'

param environmentName = 'demo'
param nameToken = 'abcdefghijklm'
param clientId = '11111111-1111-4111-8111-111111111111'
param genie = {
  workspaceUrl: 'https://adb-1234567890123456.7.azuredatabricks.net'
  spaceId: '01ef0000000000000000000000000001'
}
param storageSku = 'Standard_LRS'
param privateNetwork = true
param secretsOfficer = { objectId: '44444444-4444-4444-8444-444444444444', kind: 'User' }
