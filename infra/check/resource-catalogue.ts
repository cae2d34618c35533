// What each kind of resource is for and what makes its price, for docs/azure-resources.md. Prices themselves change and are
// not here.

export interface CatalogueEntry {
  readonly purpose: string;
  /** What the monthly bill depends on. */
  readonly cost: string;
}

const FREE = "nothing";
const LOGS = "GB that are taken in, and days that they are kept over 31";

const NAMED: Readonly<Record<string, Readonly<Record<string, CatalogueEntry>>>> = {
  "Microsoft.Storage": {
    storageAccounts: {
      purpose: "records, queues, the host's leases, the deployed package; no shared key opens it",
      cost: "operations, mostly the host asking its queues every 2 s; next to nothing for the space",
    },
    "storageAccounts/blobServices": { purpose: "blobs of the account", cost: FREE },
    "storageAccounts/blobServices/containers": {
      purpose: "the deployed package",
      cost: "with the account",
    },
    "storageAccounts/queueServices": { purpose: "queues of the account", cost: FREE },
    "storageAccounts/queueServices/queues": {
      purpose: "work of the poller and of callbacks; `-poison`: what failed five times",
      cost: "with the account",
    },
    "storageAccounts/tableServices": { purpose: "tables of the account", cost: FREE },
    "storageAccounts/tableServices/tables": {
      purpose: "records (docs/stored-records.md)",
      cost: "with the account",
    },
  },
  "Microsoft.Web": {
    serverfarms: { purpose: "plan of the app: Flex Consumption", cost: "with the app" },
    sites: {
      purpose: "the gateway on Node 24; one instance is always ready for the poller",
      cost: "GB-seconds and executions, and the instances that are always ready: 2 GB all month each",
    },
    "sites/config": { purpose: "settings of the gateway; none is secret", cost: FREE },
    "sites/basicPublishingCredentialsPolicies": {
      purpose: "switches the publishing profile's passwords off",
      cost: FREE,
    },
  },
  "Microsoft.KeyVault": {
    vaults: {
      purpose: "client secret, sealing key, signing secret; who reads them is logged",
      cost: "operations; a few each hour for each instance",
    },
  },
  "Microsoft.ManagedIdentity": {
    userAssignedIdentities: { purpose: "who the app is, to Azure and to Entra", cost: FREE },
  },
  "Microsoft.Authorization": {
    roleAssignments: { purpose: "opens one resource with one role", cost: FREE },
  },
  "Microsoft.OperationalInsights": { workspaces: { purpose: "keeps the logs", cost: LOGS } },
  "Microsoft.Insights": {
    components: { purpose: "takes telemetry from the app's identity alone", cost: LOGS },
    diagnosticSettings: { purpose: "logs who reads and writes secrets", cost: LOGS },
    scheduledQueryRules: {
      purpose: "an alert over the logs",
      cost: "each rule, by how often it looks: every 5 minutes",
    },
    actionGroups: { purpose: "tells the people on call", cost: "mails over the free ones" },
    workbooks: { purpose: "questions, waits, stages, failures by code on one page", cost: FREE },
  },
  "Microsoft.EventGrid": {
    systemTopics: { purpose: "events of the vault", cost: "events: a few a year" },
    "systemTopics/eventSubscriptions": {
      purpose: "an alert when a secret ends within 30 days",
      cost: "events: a few a year",
    },
  },
  "Microsoft.Network": {
    publicIPAddresses: { purpose: "the fixed address of what goes out", cost: "hours" },
    natGateways: { purpose: "the way out of the network", cost: "hours and GB" },
    virtualNetworks: { purpose: "network of the app and of the private endpoints", cost: FREE },
    privateDnsZones: {
      purpose: "names of storage and vault inside the network",
      cost: "each zone",
    },
    "privateDnsZones/virtualNetworkLinks": {
      purpose: "makes the network use the zone",
      cost: FREE,
    },
    privateEndpoints: { purpose: "door to one service of one resource", cost: "hours and GB" },
    "privateEndpoints/privateDnsZoneGroups": { purpose: "keeps the endpoint's name", cost: FREE },
  },
};

export function catalogueEntry(type: string): CatalogueEntry | undefined {
  const [provider = "", ...rest] = type.split("/");
  return NAMED[provider]?.[rest.join("/")];
}

/** Types that have an entry. */
export const catalogueTypes = (): string[] =>
  Object.entries(NAMED).flatMap(([provider, types]) =>
    Object.keys(types).map((type) => `${provider}/${type}`),
  );
