metadata description = 'Every role that the service has, and what a developer has beside it. Nobody else is given any.'

@description('Required. Object id of the service\'s identity.')
param principalId string

@description('Optional. Object id of a person who imports backups and sets the Keystone secret. Default none.')
param developerPrincipalId string = ''

@description('Required. Name of the host account.')
param hostAccountName string

@description('Required. Name of the data account.')
param dataAccountName string

@description('Required. Name of Application Insights.')
param insightsName string

@description('Required. Name of the key vault.')
param vaultName string

@description('Optional. Name of the Durable Task Scheduler. Default none.')
param schedulerName string = ''

// Built-in roles, each with its title: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var roles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb'
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6'
  'Key Vault Secrets Officer': 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  'Durable Task Data Contributor': '0ad04412-c4d5-4796-b79c-f76d14c8d402'
}
var ids = mapValues(roles, id => subscriptionResourceId('Microsoft.Authorization/roleDefinitions', id))

var service = { principalId: principalId, principalType: 'ServicePrincipal' }
var developer = { principalId: developerPrincipalId, principalType: 'User' }

// Extension resources take their scope from a symbol: one loop for each type of resource.
var onHost = ['Storage Blob Data Owner', 'Storage Queue Data Contributor', 'Storage Table Data Contributor']
var onData = ['Storage Blob Data Contributor', 'Storage Table Data Contributor']
var storageGrants = concat(
  map(onHost, role => { account: 0, role: role, who: service }),
  map(onData, role => { account: 1, role: role, who: service }),
  empty(developerPrincipalId) ? [] : map(onData, role => { account: 1, role: role, who: developer })
)
var vaultGrants = concat(
  [{ role: 'Key Vault Secrets User', who: service }],
  empty(developerPrincipalId) ? [] : [{ role: 'Key Vault Secrets Officer', who: developer }]
)

resource accounts 'Microsoft.Storage/storageAccounts@2025-06-01' existing = [
  for name in [hostAccountName, dataAccountName]: {
    name: name
  }
]
resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = { name: vaultName }
resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }
resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' existing = if (!empty(schedulerName)) {
  name: schedulerName
}

resource onAccounts 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in storageGrants: {
    name: guid(accounts[grant.account].id, grant.who.principalId, roles[grant.role])
    scope: accounts[grant.account]
    properties: { ...grant.who, roleDefinitionId: ids[grant.role] }
  }
]

resource onVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in vaultGrants: {
    name: guid(vault.id, grant.who.principalId, roles[grant.role])
    scope: vault
    properties: { ...grant.who, roleDefinitionId: ids[grant.role] }
  }
]

resource onInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, principalId, roles['Monitoring Metrics Publisher'])
  scope: insights
  properties: { ...service, roleDefinitionId: ids['Monitoring Metrics Publisher'] }
}

resource onScheduler 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(schedulerName)) {
  name: guid(scheduler.id, principalId, roles['Durable Task Data Contributor'])
  scope: scheduler
  properties: { ...service, roleDefinitionId: ids['Durable Task Data Contributor'] }
}
