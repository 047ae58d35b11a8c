metadata description = 'The Durable Task Scheduler: where orchestrations are kept when it is not the host account.'

@description('Required. Region.')
param location string

@description('Required. Ending of the name: letters and digits, the same at every deployment.')
param token string

@description('Required. Tags of the scheduler.')
param tags { *: string }

@description('Required. Name of the task hub; it is the hubName of host.scheduler.json.')
param hubName string

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: 'dts-vbs-${token}'
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'Consumption'
    }
    // An empty list lets nobody in. Who comes from anywhere still needs a role.
    ipAllowlist: ['0.0.0.0/0']
  }

  resource hub 'taskHubs' = {
    name: hubName
  }
}

@description('Name of the scheduler.')
output name string = scheduler.name

@description('Endpoint of the scheduler.')
output endpoint string = scheduler.properties.endpoint
