metadata description = 'A storage account that only identities reach: no shared key, no anonymous blob. What is deleted can be brought back for 7 days.'

@description('Required. Region.')
param location string

@description('Required. Name: lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Tags of the account.')
param tags { *: string }

@description('Required. Blob containers.')
param containers string[]

@description('Optional. Tables. Default none.')
param tables string[] = []

@description('Optional. A container whose block blobs are removed after removeAfterDays. Default none.')
param temporaryContainer string = ''

@description('Optional. Days after its last change that a block blob of the temporary container is removed. Default 14.')
param removeAfterDays int = 14

@description('Optional. Whether only private endpoints reach the account. Default false: identities reach it from anywhere.')
param privateOnly bool = false

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource container 'containers' = [for container in containers: { name: container }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource table 'tables' = [for table in tables: { name: table }]
  }

  resource lifecycle 'managementPolicies' = if (!empty(temporaryContainer)) {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'remove-temporary'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['${temporaryContainer}/'] }
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: removeAfterDays } } }
            }
          }
        ]
      }
    }
  }
}

@description('Resource id of the account.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('URIs of the account\'s services, each with a slash at its end.')
output uris { blob: string, queue: string, table: string } = {
  blob: account.properties.primaryEndpoints.blob
  queue: account.properties.primaryEndpoints.queue
  table: account.properties.primaryEndpoints.table
}
