metadata description = 'A virtual network for the app, and in it private endpoints of the storage accounts, found by their usual names.'

@description('Required. Region.')
param location string

@description('Required. Ending of the names: letters and digits, the same at every deployment.')
param token string

@description('Required. Tags of the resources.')
param tags { *: string }

@description('Required. Resource id of the host account: blob, queue and table.')
param hostAccountId string

@description('Required. Resource id of the data account: blob and table.')
param dataAccountId string

var services = ['blob', 'queue', 'table']
var endpoints = [
  { name: 'host-blob', account: hostAccountId, service: 'blob' }
  { name: 'host-queue', account: hostAccountId, service: 'queue' }
  { name: 'host-table', account: hostAccountId, service: 'table' }
  { name: 'data-blob', account: dataAccountId, service: 'blob' }
  { name: 'data-table', account: dataAccountId, service: 'table' }
]
// The subscription has the provider Microsoft.App registered.
var flexConsumption = { name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }

resource network 'Microsoft.Network/virtualNetworks@2025-07-01' = {
  name: 'vnet-vbs-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      { name: 'app', properties: { addressPrefix: '10.0.0.0/24', delegations: [flexConsumption] } }
      { name: 'endpoints', properties: { addressPrefix: '10.0.1.0/24' } }
    ]
  }

  resource appSubnet 'subnets' existing = { name: 'app' }
  resource endpointSubnet 'subnets' existing = { name: 'endpoints' }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, i) in services: {
    parent: zones[i]
    name: network.name
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2025-07-01' = [
  for endpoint in endpoints: {
    name: 'pe-${endpoint.name}-${token}'
    location: location
    tags: tags
    properties: {
      subnet: { id: network::endpointSubnet.id }
      privateLinkServiceConnections: [
        { name: endpoint.name, properties: { privateLinkServiceId: endpoint.account, groupIds: [endpoint.service] } }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-07-01' = [
  for (endpoint, i) in endpoints: {
    parent: privateEndpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: endpoint.service, properties: { privateDnsZoneId: zones[indexOf(services, endpoint.service)].id } }
      ]
    }
  }
]

@description('Resource id of the subnet that the app joins.')
output appSubnetId string = network::appSubnet.id
