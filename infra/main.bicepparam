using 'main.bicep'

// azd keeps these in its environment: azd env set KEYSTONE_URI https://keystone.example.com:5000
// Without azd they are environment variables of az deployment sub create.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'vbs-dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param developerPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param keystoneUri = readEnvironmentVariable('KEYSTONE_URI', 'https://keystone.example.com:5000')
param keystoneApplicationCredentialId = readEnvironmentVariable(
  'KEYSTONE_APPLICATION_CREDENTIAL_ID',
  '00000000000000000000000000000000'
)
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')

// The package is published for the same one: the same variable decides in src/VbsFunctions.
param durableBackend = readEnvironmentVariable('DURABLE_BACKEND', 'storage')
