// The gateway in one resource group: `az deployment group create` or `azd up`. It makes no app registration and writes no
// secret (infra/README.md says what does), and it opens nothing with a shared key.

import { genieType, personType } from 'modules/types.bicep'

@description('Short name of this environment, part of the resources\' names. At most 12 characters: the host tells apps apart by the first 32 of their name.')
@minLength(2)
@maxLength(12)
param environmentName string
@description('Region; `az functionapp list-flexconsumption-locations` shows the possible ones.')
@minLength(1)
param location string = resourceGroup().location
@description('End of the names that must be unique in the world. Another one is needed where a deleted vault still holds its name.')
@minLength(5)
@maxLength(13)
param nameToken string = uniqueString(resourceGroup().id, environmentName)
@description('Client id of the gateway\'s app registration.')
@minLength(36)
@maxLength(36)
param clientId string
@description('How the gateway proves itself to Entra: by the secret in the vault, or without any secret by its managed identity.')
param clientCredential 'key-vault' | 'managed-identity' = 'key-vault'
@description('Settings of the gateway.')
param genie genieType
@description('Base of absolute links, where the gateway is reached by a name of its own; empty: the platform\'s name.')
param publicBaseUrl string = ''
@description('Memory of an instance in MB.')
param instanceMemoryMB 512 | 2048 | 4096 = 2048
@description('Most instances of each group of functions.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40
@description('HTTP requests that one instance takes at a time; null: 200, with 512 MB 100. The platform would say 16, but a request that waits for Genie costs 0.27 MB and next to no time (docs/benchmarks.md).')
@minValue(1)
@maxValue(1000)
param httpConcurrency int?
@description('Instances that wait for HTTP requests all the time, against cold starts; each costs.')
@minValue(0)
@maxValue(100)
param httpAlwaysReady int = 0
@description('Copies of the records.')
param storageSku 'Standard_LRS' | 'Standard_ZRS' = 'Standard_LRS'
@description('Storage and vault reachable from the app\'s own network alone, and one fixed address for what goes out.')
param privateNetwork bool = false
@description('Addresses of that network; a /25 is enough.')
param networkAddressPrefix string = '10.20.0.0/24'
@description('Address ranges that reach a private vault all the same.')
param adminAddressRanges string[] = []
@description('Who may write secrets into the vault; null where that is granted elsewhere.')
param secretsOfficer personType?
@description('Object id of the service principal by which a pipeline deploys code; empty: none.')
param deployerObjectId string = ''
@description('Mail address that alerts go to.')
param alertEmail string = ''
@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30
@description('Most GB of logs a day; -1: no brake.')
@minValue(-1)
param logDailyQuotaGb int = 1

var names = loadJsonContent('names.json')
var suffix = '${environmentName}-${nameToken}'
var insightsName = 'appi-${suffix}'
// Half of the memory is for waiting requests: 210 MiB the idle worker, 0.27 MiB each (docs/benchmarks.md).
var mostConcurrency = (instanceMemoryMB / 2 - 210) * 100 / 27
var defaultConcurrency = instanceMemoryMB == 512 ? 100 : 200
var wantedConcurrency = httpConcurrency ?? defaultConcurrency
var fittingConcurrency = wantedConcurrency <= mostConcurrency
  ? wantedConcurrency
  : fail('httpConcurrency (GENIE_HTTP_CONCURRENCY) ${wantedConcurrency} does not fit ${instanceMemoryMB} MB: at most ${mostConcurrency}')
// Without a space the app would deploy and answer every question with 503.
var defaultSpace = !empty(genie.spaceId) || !empty(genie.?spaces)
  ? genie.spaceId
  : fail('The gateway needs a Genie space: genie.spaceId (GENIE_SPACE_ID), or genie.spaces (GENIE_SPACES)')
// Empty: not set, so the default of the code counts, and the setting is left out.
var optional = {
  GENIE__SPACE_ID: defaultSpace
  GENIE__SPACES: genie.?spaces == null ? '' : string(genie.?spaces ?? {})
  GENIE__QUESTIONS_PER_MINUTE: genie.?questionsPerMinute == null ? '' : string(genie.?questionsPerMinute ?? 0)
  GENIE__MAX_WAIT_SECONDS: genie.?maxWaitSeconds == null ? '' : string(genie.?maxWaitSeconds ?? 0)
  GENIE__DEADLINE_MINUTES: genie.?deadlineMinutes == null ? '' : string(genie.?deadlineMinutes ?? 0)
  ALLOWED_CLIENT_IDS: join(genie.?allowedClientIds ?? [], ',')
  CALLBACK_ALLOWED_HOSTS: join(genie.?callbackAllowedHosts ?? [], ',')
  APP_ENDPOINT_AUTH: genie.?appEndpointAuth ?? ''
}
var given = filter(items(optional), setting => !empty(setting.value))
var optionalSettings { *: string } = toObject(given, setting => setting.key, setting => setting.value)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${suffix}'
  location: location
}

module network 'modules/network.bicep' = if (privateNetwork) {
  params: {
    suffix: suffix
    location: location
    addressPrefix: networkAddressPrefix
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    suffix: suffix
    insightsName: insightsName
    location: location
    identityId: identity.id
    principalId: identity.properties.principalId
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: 'st${nameToken}'
    location: location
    sku: storageSku
    identityId: identity.id
    principalId: identity.properties.principalId
    queueNames: names.queues
    tableNames: names.tables
    isPrivate: privateNetwork
  }
}

module vault 'modules/key-vault.bicep' = {
  params: {
    name: 'kv-${nameToken}'
    location: location
    identityId: identity.id
    principalId: identity.properties.principalId
    secretsOfficer: secretsOfficer
    isPrivate: privateNetwork
    adminAddressRanges: adminAddressRanges
    workspaceId: monitoring.outputs.workspaceId
  }
}

module storageEndpoints 'modules/private-endpoint.bicep' = [
  for service in ['blob', 'queue', 'table']: if (privateNetwork) {
    params: {
      suffix: suffix
      location: location
      subnetId: network.?outputs.endpointSubnetId ?? ''
      serviceId: storage.outputs.id
      service: service
    }
  }
]

module vaultEndpoint 'modules/private-endpoint.bicep' = if (privateNetwork) {
  params: {
    suffix: suffix
    location: location
    subnetId: network.?outputs.endpointSubnetId ?? ''
    serviceId: vault.outputs.id
    service: 'vault'
  }
}

module app 'modules/function-app.bicep' = {
  params: {
    suffix: suffix
    location: location
    identityId: identity.id
    identityClientId: identity.properties.clientId
    gatewaySettings: {
      ...optionalSettings
      TENANT_ID: tenant().tenantId
      CLIENT_ID: clientId
      CLIENT_CREDENTIAL: clientCredential
      KEY_VAULT_URL: vault.outputs.url
      GENIE__WORKSPACE_URL: genie.workspaceUrl
    }
    publicBaseUrl: publicBaseUrl
    storageAccountName: storage.outputs.accountName
    packageUrl: storage.outputs.packageUrl
    insightsName: insightsName
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpConcurrency: fittingConcurrency
    httpAlwaysReady: httpAlwaysReady
    pollerFunction: names.poller
    deployerObjectId: deployerObjectId
    subnetId: network.?outputs.appSubnetId
  }
  dependsOn: [storageEndpoints, vaultEndpoint] // a host that starts earlier finds no storage; by the vault it also waits for monitoring
}

module alerts 'modules/alerts.bicep' = {
  params: {
    suffix: suffix
    location: location
    workspaceId: monitoring.outputs.workspaceId
    vaultId: vault.outputs.id
    email: alertEmail
    questionsPerMinute: genie.?questionsPerMinute ?? 5
  }
}

module workbook 'modules/workbook.bicep' = {
  params: {
    location: location
    title: 'Genie gateway ${environmentName}'
    workspaceId: monitoring.outputs.workspaceId
  }
}

@description('Tenant of the gateway.')
output TENANT_ID string = tenant().tenantId
@description('Name of the function app: where code goes.')
output FUNCTION_APP_NAME string = app.outputs.appName
@description('Address of the gateway.')
output GATEWAY_URL string = empty(publicBaseUrl) ? 'https://${app.outputs.hostName}' : publicBaseUrl
@description('Name of the vault: where the scripts write the secrets.')
output KEY_VAULT_NAME string = vault.outputs.vaultName
@description('Object id of the identity: subject of the federated credential.')
output IDENTITY_PRINCIPAL_ID string = identity.properties.principalId
@description('Client id of the identity.')
output IDENTITY_CLIENT_ID string = identity.properties.clientId
@description('Name of the storage account.')
output STORAGE_ACCOUNT_NAME string = storage.outputs.accountName
@description('Address that others see; empty without a private network.')
output OUTBOUND_ADDRESS string = network.?outputs.outboundAddress ?? ''
