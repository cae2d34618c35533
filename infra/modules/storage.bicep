// The storage account of the app: the host's own blobs, the deployed package, queues and tables of the gateway.
// Shared keys are refused, so nobody gets in but by a role; no container is public. The queues exist before the app does:
// the host makes poison queues, but not the queue that it listens to (and what listens to a missing queue is idle).

import { roles } from 'roles.bicep'

@description('Name of the account.')
param name string
@description('Region.')
param location string
@description('Copies: within one building, or over three zones where the region has them.')
param sku 'Standard_LRS' | 'Standard_ZRS'
@description('Resource id of the app\'s identity. It seeds the names of the grants, which are known before anything is deployed.')
param identityId string
@description('Object id of the app\'s identity.')
param principalId string
@description('Queues of the gateway; each has a poison queue beside it.')
param queueNames string[]
@description('Tables of the gateway.')
param tableNames string[]
@description('Whether the account is reached through private endpoints alone.')
param isPrivate bool

var packageContainer = 'app-package'
var dataRoles = [
  roles.storageBlobDataOwner
  roles.storageQueueDataContributor
  roles.storageTableDataContributor
]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource package 'containers' = {
      name: packageContainer
      properties: { publicAccess: 'None' }
    }
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queues 'queues' = [for queue in queueNames: { name: queue }]
    resource poisonQueues 'queues' = [for queue in queueNames: { name: '${queue}-poison' }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource tables 'tables' = [for table in tableNames: { name: table }]
  }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for roleId in dataRoles: {
    name: guid(account.id, identityId, roleId)
    scope: account
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleId)
    }
  }
]

@description('Resource id of the account.')
output id string = account.id
@description('Name of the account. Whoever reads it starts after the grants.')
output accountName string = account.name
@description('Where the package of the app is put.')
output packageUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
