// What a person on call wants to be told, each with a sentence that says what it means. Rules read the gateway's own log
// lines and metrics (infra/README.md "What the alerts read").
// They change nothing: docs/operations.md says what to do.

@description('End of the names of the resources.')
param suffix string
@description('Region.')
param location string
@description('Resource id of the workspace.')
param workspaceId string
@description('Resource id of the vault.')
param vaultId string
@description('Mail address that is told; empty: alerts show in the portal alone.')
param email string
@description('Questions in any 60 s; 0: no budget, so nothing waits for it.')
param questionsPerMinute int

@description('A rule over the logs.')
@sealed()
type ruleType = {
  @description('End of its name.')
  name: string
  @description('What a person reads.')
  title: string
  @description('What it means.')
  description: string
  @description('1: somebody is waiting in vain; 2: look at it today; 3: look at it this week.')
  severity: 1 | 2 | 3
  @description('KQL.')
  query: string
  @description('Column that is compared; null: rows are counted.')
  column: string?
  @description('The rule fires above this.')
  threshold: int
  @description('How far back it looks.')
  window: string
}

var lines = loadTextContent('../queries/gateway-lines.kql')
// At five minutes of the budget a new question waits so long that callers give up.
var longQueue = questionsPerMinute * 5
var logRules ruleType[] = [
  {
    name: 'silent'
    title: 'Nothing was heard of the gateway for 15 minutes'
    description: 'The sweeper writes a line each minute: it does not run, cannot do its work, or its lines are not taken in.'
    severity: 1
    query: '${lines}${loadTextContent('../queries/silent.kql')}'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'log-quota'
    title: 'No more logs today'
    description: 'The daily quota of logs is used up. Until it begins anew, the alerts that read logs see nothing.'
    severity: 2
    query: loadTextContent('../queries/log-quota.kql')
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'telemetry-lost'
    title: 'Metrics or traces do not arrive'
    description: 'A worker could not send its metrics or its spans. Without metrics the alerts that read metrics (poison-stuck, budget-queue) see nothing.'
    severity: 2
    query: '${lines}${loadTextContent('../queries/telemetry-lost.kql')}'
    threshold: 0
    window: 'PT30M'
  }
  {
    name: 'poison-handled'
    title: 'Messages failed five times'
    description: 'A queue message failed five times and was scheduled again. Nothing is lost; something it needs is not working.'
    severity: 2
    query: '${lines}${loadTextContent('../queries/poison-handled.kql')}'
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'poison-stuck'
    title: 'A poison message is older than 10 minutes'
    description: 'The poison functions take a message within seconds: they are not running, or the host cannot read it.'
    severity: 1
    query: loadTextContent('../queries/poison-stuck.kql')
    threshold: 0
    window: 'PT15M'
  }
  {
    name: 'asks-fail'
    title: 'Questions are not taken'
    description: 'At least half of the questions of 15 minutes (three or more), or all of two hours (two or more), got a 5xx from the gateway. The workbook shows the codes.'
    severity: 1
    query: '${lines}${loadTextContent('../queries/asks-fail.kql')}'
    threshold: 0
    window: 'PT2H'
  }
  {
    name: 'failed-share'
    title: 'Many questions fail'
    description: 'More than a fifth of the questions of the last half hour ended failed or expired, or where they are few, all of two hours. The workbook shows the codes.'
    severity: 1
    query: '${lines}${loadTextContent('../queries/failed-share.kql')}'
    column: 'share'
    threshold: 20
    window: 'PT2H'
  }
]
var budgetRules ruleType[] = questionsPerMinute == 0
  ? []
  : [
      {
        name: 'budget-queue'
        title: 'Questions wait long for the budget'
        description: 'More questions wait than the budget lets through in five minutes. Raise it, or ask the workspace for more.'
        severity: 3
        query: loadTextContent('../queries/budget-queue.kql')
        column: 'waiting'
        threshold: longQueue
        window: 'PT15M'
      }
    ]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${suffix}'
  location: 'global'
  properties: {
    groupShortName: 'genie'
    enabled: true
    emailReceivers: [{ name: 'on-call', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in [...logRules, ...budgetRules]: {
    name: '${rule.name}-${suffix}'
    location: location
    kind: 'LogAlert'
    properties: {
      displayName: 'Genie: ${rule.title}'
      description: rule.description
      severity: rule.severity
      enabled: true
      autoMitigate: true
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      scopes: [workspaceId]
      // A new workspace may not have the tables yet, and would refuse the rule. The queries are checked offline.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: rule.?column == null ? 'Count' : 'Maximum'
            ...(rule.?column == null ? {} : { metricMeasureColumn: rule.?column })
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [people.id] }
    }
  }
]

// The vault itself tells 30 days before a secret ends, of versions that were written after this was there.
resource vaultEvents 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'evgt-${suffix}'
  location: location
  properties: { source: vaultId, topicType: 'Microsoft.KeyVault.vaults' }

  resource secretExpires 'eventSubscriptions' = {
    name: 'secret-expires'
    properties: {
      eventDeliverySchema: 'CloudEventSchemaV1_0'
      filter: {
        includedEventTypes: ['Microsoft.KeyVault.SecretNearExpiry', 'Microsoft.KeyVault.SecretExpired']
      }
      destination: {
        endpointType: 'MonitorAlert'
        properties: {
          severity: 'Sev1'
          description: 'A secret of the gateway ends within 30 days, or has ended. Rotate it: docs/operations.md.'
          actionGroups: empty(email) ? [] : [people.id]
        }
      }
    }
  }
}
