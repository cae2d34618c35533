// Planted faults of who gets in: keys, passwords, roles, secrets, the private network.
// Each changes a copy; none is ever deployed.

import type { PlantedFault } from "../planted-fault.ts";

const STRANGER = "99999999-9999-4999-8999-999999999999";

export const ACCESS_FAULTS: readonly PlantedFault[] = [
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
    file: "modules/key-vault.bicep",
    from: "enablePurgeProtection: true",
    to: "enablePurgeProtection: null",
    caughtBy: "infra.vault",
  },
  {
    file: "main.bicep",
    from: "output IDENTITY_CLIENT_ID string = identity.properties.clientId",
    to: "output CLIENT_SECRET string = identity.properties.clientId",
    caughtBy: "infra.no-secret-in-outputs",
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
    from: "      AZURE_CLIENT_ID: identityClientId",
    to: "      CLIENT_SECRET: identityClientId\n      AZURE_CLIENT_ID: identityClientId",
    caughtBy: "infra.no-secret-in-settings",
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
    file: "modules/storage.bicep",
    from: "allowSharedKeyAccess: false",
    to: "allowSharedKeyAccess: isPrivate && sku == 'Standard_LRS'",
    caughtBy: "infra.no-shared-key",
    seenIn: ["closed"],
  },
  {
    file: "modules/key-vault.bicep",
    from: "defaultAction: isPrivate ? 'Deny' : 'Allow'",
    to: "defaultAction: isPrivate && !empty(adminAddressRanges) ? 'Deny' : 'Allow'",
    caughtBy: "infra.private-network",
    seenIn: ["closed"],
  },
  {
    // Key Vault Administrator, where the officer is a person.
    file: "modules/key-vault.bicep",
    from: "'Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsOfficer)",
    to: "'Microsoft.Authorization/roleDefinitions', secretsOfficer.?kind == 'User' ? '00482a5a-887f-4fb3-b363-3b7fe8e74483' : roles.keyVaultSecretsOfficer)",
    caughtBy: "infra.roles-needed",
    seenIn: ["closed"],
  },
  {
    file: "modules/key-vault.bicep",
    from: "principalType: secretsOfficer.?kind ?? 'User'",
    to: "principalType: 'Group'",
    caughtBy: "infra.roles-holders",
    seenIn: ["closed"],
  },
  {
    file: "modules/key-vault.bicep",
    from: "softDeleteRetentionInDays: 90",
    to: "softDeleteRetentionInDays: 7",
    caughtBy: "infra.vault",
    seenIn: ["standard"],
  },
  {
    file: "modules/key-vault.bicep",
    from: "  scope: vault\n  properties: {\n    workspaceId",
    to: "  properties: {\n    workspaceId",
    caughtBy: "infra.vault",
    seenIn: ["standard"],
  },
  {
    file: "main.bicep",
    from: "network.?outputs.endpointSubnetId",
    to: "network.?outputs.appSubnetId",
    caughtBy: "infra.private-network",
    seenIn: ["closed"],
  },
  {
    file: "modules/storage.bicep",
    from: "  kind: 'StorageV2'\n",
    to: "  kind: 'StorageV2'\n  tags: { note: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }\n",
    caughtBy: "infra.no-secret-in-settings",
    seenIn: ["standard"],
  },
  {
    file: "main.bicep",
    from: "param alertEmail string = ''",
    to: "param alertEmail string = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'",
    caughtBy: "infra.no-secret-in-outputs",
    seenIn: ["standard"],
  },
];
