// The workbook: questions, waits, stages, failures by code, on one page. Its queries are files of their own, beside those
// of the alerts. It stores nothing.

@description('Region.')
param location string
@description('Name that people see.')
param title string
@description('Resource id of the workspace.')
param workspaceId string

@description('One part of the page.')
@sealed()
type partType = {
  @description('Name within the workbook.')
  name: string
  @description('Headline.')
  title: string
  @description('KQL.')
  query: string
  @description('How it is drawn.')
  picture: 'table' | 'timechart' | 'barchart'
}

var lines = loadTextContent('../queries/gateway-lines.kql')
var parts partType[] = [
  {
    name: 'questions'
    title: 'Questions, by the status of the reply'
    query: '${lines}${loadTextContent('../queries/questions.kql')}'
    picture: 'barchart'
  }
  {
    name: 'operations'
    title: 'Operations, by how they ended'
    query: '${lines}${loadTextContent('../queries/operations-ended.kql')}'
    picture: 'barchart'
  }
  {
    name: 'waits'
    title: 'Seconds from the question to its end'
    query: loadTextContent('../queries/waits.kql')
    picture: 'timechart'
  }
  {
    name: 'stages'
    title: 'Seconds in each stage'
    query: loadTextContent('../queries/stages.kql')
    picture: 'timechart'
  }
  {
    name: 'failures'
    title: 'Failures by code (docs/errors.md)'
    query: '${lines}${loadTextContent('../queries/failures-by-code.kql')}'
    picture: 'table'
  }
  {
    name: 'callbacks'
    title: 'Callbacks, by how the try ended'
    query: '${lines}${loadTextContent('../queries/callbacks.kql')}'
    picture: 'barchart'
  }
]
var range = {
  type: 9
  name: 'range'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    parameters: [
      {
        id: guid(title, 'range')
        version: 'KqlParameterItem/1.0'
        name: 'range'
        label: 'Time'
        type: 4
        value: { durationMs: 86400000 }
        typeSettings: {
          selectableValues: [{ durationMs: 86400000 }, { durationMs: 604800000 }, { durationMs: 2592000000 }]
        }
      }
    ]
  }
}
var queries = [
  for part in parts: {
    type: 3
    name: part.name
    content: {
      version: 'KqlItem/1.0'
      title: part.title
      query: part.query
      size: 0
      timeContextFromParameter: 'range'
      queryType: 0
      resourceType: 'microsoft.operationalinsights/workspaces'
      crossComponentResources: [workspaceId]
      visualization: part.picture
    }
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, title)
  location: location
  kind: 'shared'
  properties: {
    displayName: title
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string({
      version: 'Notebook/1.0'
      items: [range, ...queries]
      fallbackResourceIds: [workspaceId]
    })
  }
}
