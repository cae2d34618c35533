// The Functions app on Flex Consumption, its plan and its settings. No setting holds a secret. `siteConfig` has one member
// on purpose: region stamps refuse others that the compiler takes (error 51021). Settings by hand do not last: each
// deployment replaces the whole set.

import { roles } from 'roles.bicep'

@description('End of the names of the resources.')
param suffix string
@description('Region.')
param location string
@description('Resource id of the app\'s identity.')
param identityId string
@description('Client id of the app\'s identity.')
param identityClientId string
@description('Settings of the gateway, without those that this file knows itself.')
param gatewaySettings { *: string }
@description('Base of absolute links; empty: the host name that the platform gives the app.')
param publicBaseUrl string
@description('Name of the storage account.')
param storageAccountName string
@description('Container of the package.')
param packageUrl string
@description('Name of the Application Insights component.')
param insightsName string
@description('Memory of an instance in MB; the processor grows with it (2,048 MB: one core).')
param instanceMemoryMB 512 | 2048 | 4096
@description('Most instances of each group of functions.')
param maximumInstanceCount int
@description('HTTP requests that one instance takes at a time.')
param httpConcurrency int
@description('Instances that wait for HTTP requests all the time.')
param httpAlwaysReady int
@description('Queue function that drives the questions for which nobody waits.')
param pollerFunction string
@description('Object id of the pipeline that deploys code; empty: none.')
param deployerObjectId string
@description('Resource id of the subnet for outgoing calls; null: no network of its own.')
param subnetId string?

// A scheduled message wakes nobody (functions-host.md 6): without an instance that waits, an answer would be noticed late.
var pollerReady = { name: 'function:${pollerFunction}', instanceCount: 1 }
var httpReady = httpAlwaysReady == 0 ? [] : [{ name: 'http', instanceCount: httpAlwaysReady }]
var deployerRoles = empty(deployerObjectId) ? [] : [roles.websiteContributor]
var deployerPlanRoles = empty(deployerObjectId) ? [] : [roles.reader]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${suffix}'
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: 'func-${suffix}'
  location: location
  kind: 'functionapp,linux'
  tags: { 'azd-service-name': 'gateway' }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: { minTlsVersion: '1.2' }
    virtualNetworkSubnetId: subnetId
    functionAppConfig: {
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: [pollerReady, ...httpReady]
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      ...gatewaySettings
      // `__accountName` alone deploys and the host stays dead: the other two belong to it.
      AzureWebJobsStorage__accountName: storageAccountName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AZURE_CLIENT_ID: identityClientId
      PUBLIC_BASE_URL: empty(publicBaseUrl) ? 'https://${app.properties.defaultHostName}' : publicBaseUrl
      // An address: with local auth off, nothing is taken without a token of an identity that has the role.
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    }
  }

  // Deployments sign in with Entra; these two switch the passwords of the publishing profile off.
  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

resource deployCode 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for roleId in deployerRoles: {
    name: guid(app.id, deployerObjectId, roleId)
    scope: app
    properties: {
      principalId: deployerObjectId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleId)
    }
  }
]

resource seePlan 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for roleId in deployerPlanRoles: {
    name: guid(plan.id, deployerObjectId, roleId)
    scope: plan
    properties: {
      principalId: deployerObjectId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleId)
    }
  }
]

@description('Name of the app.')
output appName string = app.name
@description('Host name that the platform gave the app.')
output hostName string = app.properties.defaultHostName
