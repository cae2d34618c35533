// The vault of the client secret, the sealing key and the signing secret. It holds no value from here: scripts write them,
// so that no secret passes through a deployment, whose inputs and outputs are kept. Purge protection cannot be taken back:
// a sealing key that is gone for good would make every sealed record unreadable.

import { roles } from 'roles.bicep'
import { personType } from 'types.bicep'

@description('Name of the vault.')
param name string
@description('Region.')
param location string
@description('Resource id of the app\'s identity; seeds the name of the grant.')
param identityId string
@description('Object id of the app\'s identity.')
param principalId string
@description('Who may write secrets; null where that is granted elsewhere.')
param secretsOfficer personType?
@description('Whether the vault is reached through its private endpoint alone.')
param isPrivate bool
@description('Address ranges that reach a private vault all the same: those of whoever runs the scripts.')
param adminAddressRanges string[]
@description('Resource id of the workspace that keeps who read which secret, and when.')
param workspaceId string

var isReachable = !isPrivate || !empty(adminAddressRanges)

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: isReachable ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: [for range in isPrivate ? adminAddressRanges : []: { value: range }]
    }
  }
}

resource readSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identityId, roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource writeSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (secretsOfficer != null) {
  name: guid(vault.id, secretsOfficer.?objectId ?? '', roles.keyVaultSecretsOfficer)
  scope: vault
  properties: {
    principalId: secretsOfficer.?objectId ?? ''
    principalType: secretsOfficer.?kind ?? 'User'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)
  }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

@description('Resource id of the vault.')
output id string = vault.id
@description('Name of the vault. Whoever reads it starts after the grants.')
output vaultName string = vault.name
@description('Address of the vault.')
output url string = vault.properties.vaultUri
