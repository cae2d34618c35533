// Faults in the Bicep itself, one for each kind of mistake that the compiler lets pass or only warns about: in a copy, each
// must turn the check red, or the check is worth nothing. Faults in the compiled JSON are in the tests.

export interface PlantedFault {
  /** From infra/. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Requirement that must catch it; `lint`: the compiler itself. */
  readonly caughtBy: string;
}

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
    from: "100.0 * failed / ended",
    to: "100.0 * failed / finished",
    caughtBy: "infra.queries",
  },
];
