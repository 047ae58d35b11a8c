metadata description = 'Who the service is, and the vault of the one secret that it cannot do without: that of its Keystone credential.'

@description('Required. Region.')
param location string

@description('Required. Ending of the names: letters and digits, the same at every deployment.')
param token string

@description('Required. Tags of the resources.')
param tags { *: string }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-vbs-${token}'
  location: location
  tags: tags
}

// The secret is not of this template: whoever deploys puts it there, and it is in no deployment's history.
resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: 'kv-vbs-${token}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
  }
}

@description('Resource id of the identity.')
output identityId string = identity.id

@description('Client id of the identity, as settings name it.')
output clientId string = identity.properties.clientId

@description('Object id of the identity, as role assignments name it.')
output principalId string = identity.properties.principalId

@description('Name of the vault.')
output vaultName string = vault.name

@description('URI of the vault, with a slash at its end.')
output vaultUri string = vault.properties.vaultUri
