metadata description = 'Where telemetry goes, and who hears of it. Who has no identity with the right role writes nothing into it.'

@description('Required. Region.')
param location string

@description('Required. Ending of the names: letters and digits, the same at every deployment.')
param token string

@description('Required. Tags of the resources.')
param tags { *: string }

@description('Optional. E-mail address that alerts are sent to. Default none: they are seen in the portal only.')
param alertEmail string = ''

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: 'log-vbs-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-vbs-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alertEmail)) {
  name: 'ag-vbs-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'vbs'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: alertEmail, useCommonAlertSchema: true }]
  }
}

@description('Resource id of the Log Analytics workspace.')
output workspaceId string = workspace.id

@description('Resource id of Application Insights.')
output insightsId string = insights.id

@description('Name of Application Insights.')
output insightsName string = insights.name

@description('Connection string of Application Insights. No secret: with local authentication off it names the place and opens nothing.')
output connectionString string = insights.properties.ConnectionString

@description('Resource ids of the action groups that alerts go to.')
output actionGroupIds string[] = empty(alertEmail) ? [] : [people.id]
