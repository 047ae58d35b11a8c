metadata description = 'The app settings: where each has its value from.'

// One list of settings and their defaults, for a development machine and for Azure; without what is of development only.
var sample = loadJsonContent('../local.settings.sample.json').Values
var ours = filter(items(sample), setting => startsWith(setting.key, 'Vbs:') && !empty(setting.value))
var developmentOnly = ['Vbs:Storage:ConnectionString', 'Vbs:Identity:StaticTokens:']

@export()
@description('What the app reads from section Vbs, with the value that it has when nobody says otherwise.')
var defaults = toObject(
  filter(ours, setting => empty(filter(developmentOnly, prefix => startsWith(setting.key, prefix)))),
  setting => replace(setting.key, ':', '__'),
  setting => setting.value
)

@export()
@description('The Functions host\'s own storage, and with it Durable Functions\', by identity.')
func hostStorage(uris { blob: string, queue: string, table: string }, clientId string) { *: string } => {
  AzureWebJobsStorage__blobServiceUri: uris.blob
  AzureWebJobsStorage__queueServiceUri: uris.queue
  AzureWebJobsStorage__tableServiceUri: uris.table
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
}

@export()
@description('Backups, volumes and the catalog, by identity.')
func dataStorage(uris { blob: string, queue: string, table: string }, clientId string) { *: string } => {
  Vbs__Storage__BlobUri: uris.blob
  Vbs__Storage__TableUri: uris.table
  Vbs__Storage__ClientId: clientId
}

@export()
@description('Application Insights, by identity.')
func telemetry(connectionString string, clientId string) { *: string } => {
  APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
}

@export()
@description('Keystone; the secret is a reference that the platform resolves with the app\'s identity.')
func keystone(uri string, applicationCredentialId string, secretUri string) { *: string } => {
  Vbs__Keystone__Uri: uri
  Vbs__Keystone__ApplicationCredentialId: applicationCredentialId
  Vbs__Keystone__ApplicationCredentialSecret: '@Microsoft.KeyVault(SecretUri=${secretUri})'
}

@export()
@description('The connection that host.scheduler.json names.')
func durableScheduler(endpoint string, hubName string, clientId string) { *: string } => {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${endpoint};TaskHub=${hubName};Authentication=ManagedIdentity;ClientID=${clientId}'
}
