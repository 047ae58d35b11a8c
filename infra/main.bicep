metadata description = 'VbsFunctions on Azure Functions Flex Consumption: no key, and no secret but the one that Keystone gave, in a vault.'
targetScope = 'subscription'

import { dataStorage, defaults, durableScheduler, hostStorage, keystone, telemetry } from 'settings.bicep'

@description('Required. Name of the environment, such as vbs-prod: of the resource group, and in the names of what is in it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Required. Region; one that has Flex Consumption: az functionapp list-flexconsumption-locations.')
param location string

@description('Required. Keystone that tokens are checked with: an https URI that ends before /v3.')
param keystoneUri string

@description('Required. Id of the application credential that the service asks Keystone with. Its secret is set in the vault afterwards.')
param keystoneApplicationCredentialId string

@description('Optional. Where orchestrations are kept: the host account, or a Durable Task Scheduler. The package is published for the same one. Default storage.')
@allowed(['storage', 'scheduler'])
param durableBackend string = 'storage'

@description('Optional. Memory of an instance in MB. Default 2048.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Optional. Instances at most. Default 40.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Optional. Instances that never stop, by group of functions: the API (http) and restores (durable). Default none.')
param alwaysReady { name: ('http' | 'durable'), instanceCount: int }[] = []

@description('Optional. Whether storage is reached through private endpoints only, also by those who import backups. Default false.')
param privateNetwork bool = false

@description('Optional. Object id of a person who imports backups and sets the Keystone secret. Default none.')
param developerPrincipalId string = ''

@description('Optional. E-mail address that alerts are sent to. Default none: they are seen in the portal only.')
param alertEmail string = ''

@description('Optional. Hours that a restore may take before an alert tells of it. Default 24.')
@minValue(1)
param longestRestoreHours int = 24

@description('Optional. Days that plans and digest indexes of restores are kept; more than a restore may take. Default 14.')
@minValue(7)
param planRetentionDays int = 14

@description('Optional. Settings whose value is not that of local.settings.sample.json, such as { Vbs__Restore__SegmentsAtOnce: \'8\' }. Default none.')
param settings { *: string } = {}

var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }
var hubName = 'VbsFunctions'
var packageContainer = 'app-package'
var secretName = 'keystone-application-credential-secret'
var effective = union(defaults, settings)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { location: location, token: token, tags: tags }
}

module hostAccount 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    name: 'sthost${token}'
    tags: tags
    containers: [packageContainer]
    privateOnly: privateNetwork
  }
}

module dataAccount 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    name: 'stdata${token}'
    tags: tags
    containers: [
      effective.Vbs__Storage__BackupContainer
      effective.Vbs__Storage__VolumeContainer
      effective.Vbs__Storage__RestoreContainer
    ]
    tables: [effective.Vbs__Storage__CatalogTable]
    temporaryContainer: effective.Vbs__Storage__RestoreContainer
    removeAfterDays: planRetentionDays
    privateOnly: privateNetwork
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { location: location, token: token, tags: tags, alertEmail: alertEmail }
}

module scheduler 'modules/scheduler.bicep' = if (durableBackend == 'scheduler') {
  scope: group
  params: { location: location, token: token, tags: tags, hubName: hubName }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: {
    location: location
    token: token
    tags: tags
    hostAccountId: hostAccount.outputs.id
    dataAccountId: dataAccount.outputs.id
  }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    developerPrincipalId: developerPrincipalId
    hostAccountName: hostAccount.outputs.name
    dataAccountName: dataAccount.outputs.name
    insightsName: monitoring.outputs.insightsName
    vaultName: identity.outputs.vaultName
    schedulerName: scheduler.?outputs.name ?? ''
  }
}

module app 'modules/function-app.bicep' = {
  scope: group
  params: {
    location: location
    token: token
    tags: tags
    identityId: identity.outputs.identityId
    packageContainerUri: '${hostAccount.outputs.uris.blob}${packageContainer}'
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    subnetId: network.?outputs.appSubnetId ?? ''
    settings: union(
      effective,
      hostStorage(hostAccount.outputs.uris, identity.outputs.clientId),
      dataStorage(dataAccount.outputs.uris, identity.outputs.clientId),
      telemetry(monitoring.outputs.connectionString, identity.outputs.clientId),
      keystone(keystoneUri, keystoneApplicationCredentialId, '${identity.outputs.vaultUri}secrets/${secretName}'),
      durableBackend == 'scheduler'
        ? durableScheduler(scheduler.?outputs.endpoint ?? '', hubName, identity.outputs.clientId)
        : {}
    )
  }
  // The app's first breath needs its storage, and a role counts from when it is assigned.
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    actionGroupIds: monitoring.outputs.actionGroupIds
    longestRestoreHours: longestRestoreHours
  }
}

module health 'modules/health.bicep' = {
  scope: group
  params: {
    location: location
    token: token
    tags: tags
    insightsId: monitoring.outputs.insightsId
    actionGroupIds: monitoring.outputs.actionGroupIds
    apiUrl: app.outputs.url
  }
}

@description('URL of the service: the endpoint that goes into the OpenStack catalog, before /v3/{project_id}.')
output apiUrl string = app.outputs.url

@description('Name of the function app: az functionapp log, restart.')
output functionAppName string = app.outputs.name

@description('Container that backups are copied to.')
output backupContainerUri string = '${dataAccount.outputs.uris.blob}${effective.Vbs__Storage__BackupContainer}'

@description('Command that puts the secret of the Keystone application credential, read from standard input, where the service finds it; then restart the app.')
output setKeystoneSecret string = 'az keyvault secret set --vault-name ${identity.outputs.vaultName} --name ${secretName} --file /dev/stdin'

@description('Name of Application Insights, where traces, metrics and logs are.')
output applicationInsightsName string = monitoring.outputs.insightsName
