metadata description = 'Asks GET /health from five places, as a client would, and tells when it is not answered.'

@description('Required. Region.')
param location string

@description('Required. Ending of the names: letters and digits, the same at every deployment.')
param token string

@description('Required. Tags of the resources.')
param tags { *: string }

@description('Required. Resource id of Application Insights.')
param insightsId string

@description('Required. Resource ids of the action groups.')
param actionGroupIds string[]

@description('Required. URL of the service, without a slash at its end.')
param apiUrl string

var name = 'vbs-health-${token}'
var places = ['emea-nl-ams-azr', 'emea-gb-db3-azr', 'us-va-ash-azr', 'us-ca-sjc-azr', 'apac-sg-sin-azr']

resource test 'Microsoft.Insights/webtests@2022-06-15' = {
  name: name
  location: location
  // Without this tag the portal does not show the test with its component.
  tags: union(tags, { 'hidden-link:${insightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: name
    Name: name
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: map(places, place => { Id: place })
    Request: { RequestUrl: '${apiUrl}/health', HttpVerb: 'GET', FollowRedirects: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
  }
}

resource alert 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    description: 'GET /health is not answered with 200: the service is down, or tables, blobs or Keystone do not answer it.'
    severity: 1
    enabled: true
    scopes: [test.id, insightsId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: test.id
      componentId: insightsId
      failedLocationCount: 2
    }
    actions: map(actionGroupIds, id => { actionGroupId: id })
  }
}
