using 'main.bicep'

// azd keeps these in its environment: azd env set KEYSTONE_URI https://keystone.example.com:5000
// Without azd they are environment variables of az deployment sub create.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'vbs-dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param keystoneUri = readEnvironmentVariable('KEYSTONE_URI')
param keystoneApplicationCredentialId = readEnvironmentVariable('KEYSTONE_APPLICATION_CREDENTIAL_ID')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')

// azd sets it to whoever runs it. Where that is not a person but a pipeline, set it to nothing.
param developerPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')

// The package is published for the same one: the same variable decides in src/VbsFunctions.
param durableBackend = readEnvironmentVariable('DURABLE_BACKEND', 'storage')
