// The built-in roles that this deployment gives, by their ids, and what each is for. It assigns nothing itself: a grant
// stands in the module of the resource that it opens.

@export()
@description('Role definition ids of Azure.')
var roles = {
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // the host's leases, the deployed package
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // queue triggers, sending to queues
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // the gateway's records
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6' // reading secrets
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7' // writing them: the person who sets the gateway up
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb' // sending telemetry without a key
  websiteContributor: 'de139f84-1756-47ae-9be6-808fbbe84772' // deploying code
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' // the plan, which the Azure CLI looks at before it deploys code
}
