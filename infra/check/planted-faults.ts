// Faults in the Bicep itself, one for each kind of mistake that the compiler lets pass or only warns about: in a copy, each
// must turn the check red, or the check is worth nothing. Faults in the compiled JSON are in the tests.

export interface PlantedFault {
  /** From infra/. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Requirement that must catch it; `lint`: the compiler itself. */
  readonly caughtBy: string;
  /** Words of the message, where a person who deploys reads it. */
  readonly says?: string;
}

const STRANGER = "99999999-9999-4999-8999-999999999999";

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  {
    file: "modules/storage.bicep",
    from: "allowSharedKeyAccess: false",
    to: "allowSharedKeyAccess: true",
    caughtBy: "infra.no-shared-key",
  },
  {
    file: "modules/storage.bicep",
    from: "allowSharedKeyAccess: false",
    to: "allowSharedKeysAccess: false",
    caughtBy: "lint",
  },
  {
    file: "modules/storage.bicep",
    from: "    scope: account\n",
    to: "",
    caughtBy: "infra.roles-one-resource",
  },
  {
    file: "modules/storage.bicep",
    from: "name: '${queue}-poison'",
    to: "name: '${queue}-poisoned'",
    caughtBy: "infra.queues",
  },
  {
    file: "modules/key-vault.bicep",
    from: "enablePurgeProtection: true",
    to: "enablePurgeProtection: null",
    caughtBy: "infra.vault",
  },
  {
    file: "modules/function-app.bicep",
    from: "name: 'function:${pollerFunction}'",
    to: "name: pollerFunction",
    caughtBy: "infra.poller-ready",
  },
  {
    file: "modules/function-app.bicep",
    from: "AZURE_CLIENT_ID: identityClientId",
    to: "AZURE_CLIENTID: identityClientId",
    caughtBy: "infra.settings-complete",
  },
  {
    file: "main.bicep",
    from: "output IDENTITY_CLIENT_ID string = identity.properties.clientId",
    to: "output CLIENT_SECRET string = identity.properties.clientId",
    caughtBy: "infra.no-secret-in-outputs",
  },
  {
    file: "names.json",
    from: '"poller": "poll-genie-message"',
    to: '"poller": "poll-genie-mesage"',
    caughtBy: "infra.poller-ready",
  },
  {
    file: "queries/poison-handled.kql",
    from: "'poison_poll'",
    to: "'poison_polls'",
    caughtBy: "infra.alert-names",
  },
  {
    file: "queries/failed-share.kql",
    from: "100.0 * recentFailed / recent",
    to: "100.0 * recentFailed / finished",
    caughtBy: "infra.queries",
  },
  {
    file: "modules/storage.bicep",
    from: "output packageUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer}'",
    to: "output packageUrl string = '${account.listKeys().keys[0].value}${packageContainer}'",
    caughtBy: "lint",
    says: "outputs-should-not-contain-secrets",
  },
  {
    file: "modules/storage.bicep",
    from: "allowBlobPublicAccess: false",
    to: "allowBlobPublicAccess: true",
    caughtBy: "infra.no-public-blob",
  },
  {
    file: "modules/storage.bicep",
    from: "publicAccess: 'None'",
    to: "publicAccess: 'Blob'",
    caughtBy: "infra.no-public-blob",
  },
  {
    file: "modules/storage.bicep",
    from: "minimumTlsVersion: 'TLS1_2'",
    to: "minimumTlsVersion: 'TLS1_0'",
    caughtBy: "infra.tls",
  },
  {
    file: "modules/function-app.bicep",
    from: "minTlsVersion: '1.2'",
    to: "minTlsVersion: '1.1'",
    caughtBy: "infra.tls",
  },
  {
    file: "modules/storage.bicep",
    from: "publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'",
    to: "publicNetworkAccess: 'Enabled'",
    caughtBy: "infra.private-network",
  },
  {
    file: "modules/key-vault.bicep",
    from: "defaultAction: isPrivate ? 'Deny' : 'Allow'",
    to: "defaultAction: 'Allow'",
    caughtBy: "infra.private-network",
  },
  {
    file: "modules/key-vault.bicep",
    from: "{ value: range }",
    to: "{ value: empty(range) ? range : '0.0.0.0/0' }",
    caughtBy: "infra.private-network",
  },
  {
    file: "modules/network.bicep",
    from: "cidrSubnet(addressPrefix, 26, 0)",
    to: "cidrSubnet(addressPrefix, 27, 0)",
    caughtBy: "infra.private-network",
  },
  {
    file: "modules/function-app.bicep",
    from: "instanceCount: 1 }",
    to: "instanceCount: 0 }",
    caughtBy: "infra.poller-ready",
  },
  {
    file: "modules/function-app.bicep",
    from: "      AZURE_CLIENT_ID: identityClientId",
    to: "      CLIENT_SECRET: identityClientId\n      AZURE_CLIENT_ID: identityClientId",
    caughtBy: "infra.no-secret-in-settings",
  },
  {
    file: "main.bicep",
    from: "      TENANT_ID: tenant().tenantId\n",
    to: "",
    caughtBy: "infra.settings-complete",
  },
  {
    file: "names.json",
    from: '"GenieBudget"',
    to: '"GenieBudgets"',
    caughtBy: "infra.tables",
  },
  {
    file: "main.bicep",
    from: "principalId: identity.properties.principalId",
    to: `principalId: '${STRANGER}'`,
    caughtBy: "infra.roles-holders",
  },
  {
    file: "modules/key-vault.bicep",
    from: "principalId: secretsOfficer.?objectId ?? ''",
    to: `principalId: '${STRANGER}'`,
    caughtBy: "infra.roles-holders",
  },
  {
    file: "modules/function-app.bicep",
    from: "{ '${identityId}': {} }",
    to: "{ '${identityId}': {}, '${identityId}-2': {} }",
    caughtBy: "infra.own-identity",
  },
  {
    file: "modules/function-app.bicep",
    from: "AZURE_CLIENT_ID: identityClientId",
    to: `AZURE_CLIENT_ID: '${STRANGER}'`,
    caughtBy: "infra.own-identity",
  },
  {
    file: "main.bicep",
    from: "instanceMemoryMB == 512 ? 100 : 200",
    to: "instanceMemoryMB == 512 ? 16 : 200",
    caughtBy: "infra.http-concurrency",
  },
  {
    file: "main.bicep",
    from: "instanceMemoryMB == 512 ? 100 : 200",
    to: "200",
    caughtBy: "lint",
    says: "200 does not fit 512 MB: at most 170",
  },
  {
    file: "variants/everything.bicepparam",
    from: "param httpAlwaysReady = 1",
    to: "param httpConcurrency = 200",
    caughtBy: "lint",
    says: "200 does not fit 512 MB: at most 170",
  },
  {
    file: "variants/standard.bicepparam",
    from: "spaceId: '01ef0000000000000000000000000001'",
    to: "spaceId: ''",
    caughtBy: "lint",
    says: "The gateway needs a Genie space",
  },
  {
    file: "modules/alerts.bicep",
    from: "name: 'silent'",
    to: "name: 'quiet'",
    caughtBy: "infra.alerts",
  },
  {
    file: "modules/alerts.bicep",
    from: "threshold: 20",
    to: "threshold: 2000",
    caughtBy: "infra.alert-limits",
  },
  {
    file: "modules/alerts.bicep",
    from: "questionsPerMinute * 5",
    to: "questionsPerMinute * 500",
    caughtBy: "infra.alert-limits",
  },
  {
    file: "modules/alerts.bicep",
    from: "window: 'PT2H'",
    to: "window: 'P1D'",
    caughtBy: "infra.alert-limits",
  },
  {
    file: "modules/alerts.bicep",
    from: "evaluationFrequency: 'PT5M'",
    to: "evaluationFrequency: 'P1D'",
    caughtBy: "infra.alert-limits",
  },
  {
    file: "queries/poison-stuck.kql",
    from: "age > 600",
    to: "age > 600000",
    caughtBy: "infra.alert-limits",
  },
  {
    file: "queries/silent.kql",
    from: "runs == 0",
    to: "runs == 1000",
    caughtBy: "infra.alert-limits",
  },
  {
    file: "queries/silent.kql",
    from: "'swept'",
    to: "'sweeped'",
    caughtBy: "infra.alert-names",
  },
  {
    file: "queries/log-quota.kql",
    from: "Detail contains",
    to: "Details contains",
    caughtBy: "infra.queries",
  },
  {
    file: "main.bicep",
    from: "serviceId: vault.outputs.id",
    to: "serviceId: storage.outputs.id",
    caughtBy: "infra.private-network",
  },
  {
    file: "modules/private-endpoint.bicep",
    from: "privatelink.vaultcore.azure.net",
    to: "privatelink.vaultcore.azure.com",
    caughtBy: "infra.private-network",
  },
  {
    file: "modules/network.bicep",
    from: "virtualNetwork: { id: network.id }",
    to: "virtualNetwork: { id: '${network.id}-2' }",
    caughtBy: "infra.private-network",
  },
  {
    file: "queries/telemetry-lost.kql",
    from: "'telemetry_not_started'",
    to: "'telemetry_not_begun'",
    caughtBy: "infra.alert-names",
  },
  {
    file: "queries/asks-fail.kql",
    from: "recentFailed >= 3",
    to: "recentFailed >= 3000",
    caughtBy: "infra.alert-limits",
  },
  {
    file: "queries/asks-fail.kql",
    from: "'query-app'",
    to: "'query-apps'",
    caughtBy: "infra.alert-names",
  },
  {
    file: "queries/failed-share.kql",
    from: "ended >= 2",
    to: "ended >= 200",
    caughtBy: "infra.alert-limits",
  },
];
