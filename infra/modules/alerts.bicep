metadata description = 'What wakes somebody up, from what the app counts. docs/operations.md tells what each means and what to do.'

@description('Required. Region.')
param location string

@description('Required. Tags of the rules.')
param tags { *: string }

@description('Required. Resource id of the Log Analytics workspace.')
param workspaceId string

@description('Required. Resource ids of the action groups.')
param actionGroupIds string[]

@description('Required. Hours that a restore may take from its acceptance to its end.')
param longestRestoreHours int

// Each query gives one number, Value. The names are those of the meter Vbs.
var rules = [
  {
    name: 'restores-failing'
    title: 'restores are failing'
    description: 'A restore ended as failed. Its job says why.'
    severity: 2
    threshold: 0
    query: '''AppMetrics | where Name == 'vbs.restores.ended' and Properties['vbs.restore.outcome'] == 'failed' | summarize Value = sum(Sum)'''
  }
  {
    name: 'restores-not-ending'
    title: 'an accepted restore does not end'
    description: 'The oldest restore that was accepted and has not ended is older than a restore may take.'
    severity: 1
    threshold: longestRestoreHours * 3600
    query: '''AppMetrics | where Name == 'vbs.restores.oldest' | summarize Value = max(Max)'''
  }
  {
    name: 'sweep-silent'
    title: 'the sweep is silent'
    description: 'Nothing was heard of the timer that starts again what was accepted: until it runs, nobody knows of a restore that stands still.'
    severity: 1
    threshold: 0
    query: '''AppMetrics | summarize Value = toint(countif(Name == 'vbs.restores.oldest') == 0)'''
  }
  {
    name: 'verification'
    title: 'vbs.verifications.failed above 0'
    description: 'Bytes of a backup are not what its digests say. None of them was written.'
    severity: 1
    threshold: 0
    query: '''AppMetrics | where Name == 'vbs.verifications.failed' | summarize Value = sum(Sum)'''
  }
  {
    name: 'server-errors'
    title: 'requests end with a 5xx'
    description: 'More than five per cent of the requests were answered with a 5xx. Health checks do not count: they have an alert of their own.'
    severity: 2
    threshold: 5
    query: '''AppRequests | where isnotempty(Url) and Url !endswith '/health' | summarize Value = 100.0 * countif(toint(ResultCode) >= 500) / max_of(count(), 20)'''
  }
]

resource queries 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: 'vbs-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'VBS: ${rule.title}'
      description: rule.description
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: actionGroupIds }
    }
  }
]
