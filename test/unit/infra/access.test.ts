// Who gets in: each assertion passes on what is committed, and is red for each fault that the compiler would let pass.

import { expect } from "vitest";
import {
  catches,
  found,
  type Loose,
  planted,
  plantedInTemplate,
} from "../../support/infra-faults.ts";
import { verifies } from "../../support/verifies.ts";

const STORAGE = "Microsoft.Storage/storageAccounts";
const SITE = "Microsoft.Web/sites";
const POLICIES = `${SITE}/basicPublishingCredentialsPolicies`;

verifies("infra.no-shared-key", "an account that takes keys, a list of keys, a key", async () => {
  const listKeys =
    "[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'st'), '2025-06-01')]";
  await catches("infra.no-shared-key", STORAGE, {
    allowed: (account) => (account.properties.allowSharedKeyAccess = true),
    absent: (account) => delete account.properties.allowSharedKeyAccess,
    "no account": (account, resources) => resources.splice(resources.indexOf(account), 1),
    listed: (account) => (account.tags = { key: listKeys }),
    "connection string": (account) => (account.tags = { text: "AccountName=st;AccountKey=x" }),
  });
  const nested = await plantedInTemplate((template) => {
    template.outputs.X = { type: "string", value: "[listSecrets('x').value]" };
  });
  expect(await found("infra.no-shared-key", nested)).not.toEqual([]);
});

verifies("infra.no-public-blob", "an account or a container that anybody reads", async () => {
  await catches("infra.no-public-blob", STORAGE, {
    account: (account) => (account.properties.allowBlobPublicAccess = true),
    absent: (account) => delete account.properties.allowBlobPublicAccess,
  });
  await catches("infra.no-public-blob", `${STORAGE}/blobServices/containers`, {
    container: (container) => (container.properties.publicAccess = "Blob"),
  });
});

verifies("infra.tls", "old TLS, plain http", async () => {
  await catches("infra.tls", STORAGE, {
    "TLS 1.0": (account) => (account.properties.minimumTlsVersion = "TLS1_0"),
    "http to storage": (account) => (account.properties.supportsHttpsTrafficOnly = false),
  });
  for (const [type, change] of [
    [STORAGE, ({ properties }: Loose) => (properties.minimumTlsVersion = "TLS1_3")],
    [SITE, ({ properties }: Loose) => (properties.siteConfig.minTlsVersion = "1.3")],
  ] as const) {
    expect(await found("infra.tls", await planted(type, change)), "newer is fine").toEqual([]);
  }
  await catches("infra.tls", SITE, {
    "TLS 1.1": (site) => (site.properties.siteConfig.minTlsVersion = "1.1"),
    "http to the app": (site) => (site.properties.httpsOnly = false),
  });
});

verifies("infra.no-publishing-passwords", "a policy that allows, or is missing", async () => {
  await catches("infra.no-publishing-passwords", POLICIES, {
    allows: (policy) => (policy.properties.allow = true),
    missing: (policy, resources) => resources.splice(resources.indexOf(policy), 1),
  });
});

verifies("infra.no-local-auth", "keys for telemetry or logs", async () => {
  await catches("infra.no-local-auth", "Microsoft.Insights/components", {
    telemetry: (component) => (component.properties.DisableLocalAuth = false),
    "small d, which Azure does not know": ({ properties }) => {
      delete properties.DisableLocalAuth;
      properties.disableLocalAuth = true;
    },
  });
  await catches("infra.no-local-auth", "Microsoft.OperationalInsights/workspaces", {
    logs: (workspace) => delete workspace.properties.features,
  });
});

verifies("infra.vault", "access policies, a vault that can be purged, no audit", async () => {
  await catches("infra.vault", "Microsoft.KeyVault/vaults", {
    policies: (vault) => (vault.properties.enableRbacAuthorization = false),
    purge: (vault) => delete vault.properties.enablePurgeProtection,
    listed: (vault) => (vault.properties.accessPolicies = []),
  });
  await catches("infra.vault", "Microsoft.Insights/diagnosticSettings", {
    audit: (settings) => (settings.properties.logs[0].enabled = false),
  });
});

verifies("infra.private-network", "a door left open, or none to go through", async () => {
  const id = "infra.private-network";
  await catches(id, STORAGE, {
    open: (account) => (account.properties.publicNetworkAccess = "Enabled"),
    allowed: (account) => (account.properties.networkAcls.defaultAction = "Allow"),
    address: ({ properties }) => (properties.networkAcls.ipRules = [{ value: "203.0.113.0/24" }]),
    "network of others": ({ properties }) =>
      (properties.networkAcls.virtualNetworkRules = [{ id: "/subscriptions/s/subnets/x" }]),
    bypass: (account) => (account.properties.networkAcls.bypass = "AzureServices"),
  });
  await catches(id, "Microsoft.KeyVault/vaults", {
    vault: (vault) => (vault.properties.networkAcls.defaultAction = "Allow"),
    everybody: ({ properties }) => (properties.networkAcls.ipRules = [{ value: "0.0.0.0/0" }]),
    "open for nobody": ({ properties }) => {
      properties.networkAcls.defaultAction = "Deny";
      properties.networkAcls.ipRules = [];
    },
  });
  await catches(id, "Microsoft.Network/privateEndpoints", {
    "wrong part": ({ properties }) => {
      properties.privateLinkServiceConnections[0].properties.groupIds = ["blob"];
    },
  });
  await catches(id, "Microsoft.Network/privateEndpoints", {
    "of another resource": ({ properties }) => {
      properties.privateLinkServiceConnections[0].properties.privateLinkServiceId += "x";
    },
  });
  await catches(id, "Microsoft.Network/privateDnsZones/virtualNetworkLinks", {
    "of another network": ({ properties }) => (properties.virtualNetwork.id += "x"),
    missing: (link, resources) => resources.splice(resources.indexOf(link), 1),
  });
  await catches(id, "Microsoft.Network/privateEndpoints/privateDnsZoneGroups", {
    "no zone": (group, resources) => resources.splice(resources.indexOf(group), 1),
  });
  await catches(id, "Microsoft.Network/virtualNetworks", {
    "not delegated": (network) => delete network.properties.subnets[0].properties.delegations,
    "too small": (network) =>
      (network.properties.subnets[0].properties.addressPrefix = "10.20.0.0/27"),
    "no way out": (network) => delete network.properties.subnets[0].properties.natGateway,
  });
  await catches(id, "Microsoft.Web/sites", {
    "other subnet": (site) => (site.properties.virtualNetworkSubnetId += "s"),
  });
});
