metadata description = 'The function app on Flex Consumption. Keys neither publish to it nor open its storage.'

@description('Required. Region; one that has Flex Consumption: az functionapp list-flexconsumption-locations.')
param location string

@description('Required. Ending of the names: letters and digits, the same at every deployment.')
param token string

@description('Required. Tags of the resources.')
param tags { *: string }

@description('Required. Resource id of the user-assigned identity.')
param identityId string

@description('Required. URI of the blob container that holds the app\'s package.')
param packageContainerUri string

@description('Required. App settings by name.')
param settings { *: string }

@description('Required. Memory of an instance in MB.')
param instanceMemoryMB int

@description('Required. Instances at most.')
param maximumInstanceCount int

@description('Required. Groups of functions with instances that never stop, each { name, instanceCount }.')
param alwaysReady { name: string, instanceCount: int }[]

@description('Optional. Resource id of the subnet to join. Default none.')
param subnetId string = ''

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-vbs-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: 'func-vbs-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUri
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
      ftpsState: 'Disabled'
      appSettings: map(items(settings), setting => { name: setting.key, value: setting.value })
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = { name: 'ftp', properties: { allow: false } }
  resource scm 'basicPublishingCredentialsPolicies' = { name: 'scm', properties: { allow: false } }
}

@description('Name of the app.')
output name string = app.name

@description('URL of the app, without a slash at its end.')
output url string = 'https://${app.properties.defaultHostName}'
