// Planted faults of the app itself: its names, settings, identity and scaling, and the compiler's own rules.
// Each changes a copy; none is ever deployed.

import type { PlantedFault } from "../planted-fault.ts";

const STRANGER = "99999999-9999-4999-8999-999999999999";

export const APP_FAULTS: readonly PlantedFault[] = [
  {
    file: "modules/storage.bicep",
    from: "name: '${queue}-poison'",
    to: "name: '${queue}-poisoned'",
    caughtBy: "infra.queues",
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
    file: "names.json",
    from: '"poller": "poll-genie-message"',
    to: '"poller": "poll-genie-mesage"',
    caughtBy: "infra.poller-ready",
  },
  {
    file: "modules/function-app.bicep",
    from: "instanceCount: 1 }",
    to: "instanceCount: 0 }",
    caughtBy: "infra.poller-ready",
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
    file: "modules/function-app.bicep",
    from: "instanceCount: 1 }",
    to: "instanceCount: instanceMemoryMB == 4096 ? 0 : 1 }",
    caughtBy: "infra.poller-ready",
    seenIn: ["large"],
  },
  {
    file: "modules/function-app.bicep",
    from: "AzureWebJobsStorage__accountName: storageAccountName",
    to: "AzureWebJobsStorage__accountName: '${storageAccountName}2'",
    caughtBy: "infra.own-resources",
    seenIn: ["standard"],
  },
  {
    file: "main.bicep",
    from: "TENANT_ID: tenant().tenantId\n      CLIENT_ID",
    to: `TENANT_ID: '${STRANGER}'\n      CLIENT_ID`,
    caughtBy: "infra.own-resources",
    seenIn: ["standard"],
  },
  {
    file: "main.bicep",
    from: "KEY_VAULT_URL: vault.outputs.url",
    to: "KEY_VAULT_URL: replace(vault.outputs.url, 'kv-', 'kv2-')",
    caughtBy: "infra.own-resources",
    seenIn: ["standard"],
  },
  {
    file: "modules/function-app.bicep",
    from: "'https://${app.properties.defaultHostName}' : publicBaseUrl",
    to: "'https://x-${app.properties.defaultHostName}' : publicBaseUrl",
    caughtBy: "infra.base-url",
    seenIn: ["standard"],
  },
  {
    file: "bicepconfig.json",
    from: '"no-hardcoded-location": { "level": "error" }',
    to: '"no-hardcoded-location": { "level": "off" }',
    caughtBy: "lint",
    says: "no-hardcoded-location",
    seenIn: ["standard"],
  },
];
