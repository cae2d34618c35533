// Logs and telemetry: one workspace, one Application Insights that takes nothing but Entra tokens. It holds ids, codes and
// counts (docs/threat-model.md T9), no question and no answer.

import { roles } from 'roles.bicep'

@description('End of the names of the resources.')
param suffix string
@description('Name of the Application Insights component.')
param insightsName string
@description('Region.')
param location string
@description('Resource id of the app\'s identity; seeds the name of the grant.')
param identityId string
@description('Object id of the app\'s identity.')
param principalId string
@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int
@description('Brake on cost: what is over this many GB a day is not taken in; -1: no brake.')
param dailyQuotaGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: 'log-${suffix}'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: workspace.id
  }
}

resource publishTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identityId, roles.monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.monitoringMetricsPublisher
    )
  }
}

@description('Resource id of the workspace.')
output workspaceId string = workspace.id
