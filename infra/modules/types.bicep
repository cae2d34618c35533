// The shapes that parameters of several modules have. Sealed: a misspelt member in a parameter file is an error.

@export()
@description('Somebody in Entra, as a role assignment names them.')
@sealed()
type personType = {
  @description('Object id; of an application that of its service principal.')
  @minLength(36)
  @maxLength(36)
  objectId: string
  @description('A wrong kind fails the deployment: a pipeline is a ServicePrincipal.')
  kind: 'User' | 'Group' | 'ServicePrincipal'
}

@export()
@description('Settings of the gateway. What is left out has the default of the code (docs/design.md 2).')
@sealed()
type genieType = {
  @description('Address of the workspace: https://adb-….azuredatabricks.net.')
  @minLength(12)
  workspaceUrl: string
  @description('Id of the space behind the alias default; empty where `spaces` names all.')
  spaceId: string
  @description('Further spaces: alias and space id.')
  spaces: {
    @description('Space id.')
    *: string
  }?
  @description('Questions in any 60 s over all instances; 0 switches the budget off.')
  @minValue(0)
  @maxValue(1000)
  questionsPerMinute: int?
  @description('Upper bound of a synchronous wait, in seconds.')
  @minValue(1)
  @maxValue(200)
  maxWaitSeconds: int?
  @description('When an operation gives up, in minutes.')
  @minValue(1)
  @maxValue(30)
  deadlineMinutes: int?
  @description('Calling applications that are let in, by client id; left out: all of the tenant. An empty list would let all in: refused.')
  @minLength(1)
  allowedClientIds: string[]?
  @description('Hosts that may be called back; left out: those of Logic Apps and the Power Platform.')
  @minLength(1)
  callbackAllowedHosts: string[]?
  @description('Who may ask as the app: a token with the role, or a function key.')
  appEndpointAuth: ('entra' | 'function-key')?
}
