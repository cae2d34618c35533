// One private endpoint with its entry in the zone: the door through which the app's network reaches one service of one
// resource. It opens no other.

@description('End of the names of the resources.')
param suffix string
@description('Region.')
param location string
@description('Subnet of the endpoints.')
param subnetId string
@description('Resource behind the endpoint.')
param serviceId string
@description('Part of that resource.')
param service 'blob' | 'queue' | 'table' | 'vault'

var zoneName = service == 'vault'
  ? 'privatelink.vaultcore.azure.net'
  : 'privatelink.${service}.${environment().suffixes.storage}'

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' existing = {
  name: zoneName
}

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: 'pe-${service}-${suffix}'
  location: location
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: service, properties: { privateLinkServiceId: serviceId, groupIds: [service] } }
    ]
  }

  resource record 'privateDnsZoneGroups' = {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: service, properties: { privateDnsZoneId: zone.id } }] }
  }
}
