// The private network: with the parameter nothing of storage and vault is reachable from outside and the app reaches all of it;
// without it there is none of this, so that the plain deployment costs nothing for it.

import type { Assertion } from "../assertion.ts";
import { DECLARED } from "../declared.ts";
import { at, ofType, ownName, type Resource } from "../infrastructure.ts";

const SERVICES = ["blob", "queue", "table", "vault"];
const RULES = "properties.networkAcls";
/** An app on Flex uses up to 40 addresses, however many instances it has, and Azure keeps five. */
const LONGEST_PREFIX = 26;
const ENDPOINT = "Microsoft.Network/privateEndpoints";

function privateFaults(resources: readonly Resource[]): string[] {
  return [
    ...closedFaults(resources, [...DECLARED.adminAddressRanges], "Deny"),
    ...endpointFaults(resources),
    ...subnetFaults(resources),
  ];
}

/** Whoever is let in beside the private endpoints: at the vault the declared addresses, at storage nobody. */
function closedFaults(
  resources: readonly Resource[],
  vaultRanges: readonly string[],
  defaultAction: "Allow" | "Deny",
): string[] {
  const account = ofType(resources, "Microsoft.Storage/storageAccounts").at(0);
  const vault = ofType(resources, "Microsoft.KeyVault/vaults").at(0);
  const isOpen = defaultAction === "Allow";
  const access = (ranges: readonly string[]) =>
    isOpen || ranges.length > 0 ? "Enabled" : "Disabled";
  return [
    { resource: account, ranges: [], access: access([]) },
    { resource: vault, ranges: vaultRanges, access: access(listOf(vault, "ipRules")) },
  ].flatMap(({ resource, ranges, access: wanted }) =>
    [
      ...(at(resource, "properties.publicNetworkAccess") === wanted ? [] : [`not ${wanted}`]),
      ...(at(resource, `${RULES}.defaultAction`) === defaultAction ? [] : [`not ${defaultAction}`]),
      ...(at(resource, `${RULES}.bypass`) === "None" ? [] : ["others go around the rules"]),
      ...listOf(resource, "ipRules")
        .filter((range) => !ranges.includes(range))
        .map((range) => `${range} is let in`),
      ...["virtualNetworkRules", "resourceAccessRules"].filter(
        (list) => listOf(resource, list).length > 0,
      ),
    ].map((fault) => `${resource?.name}: ${fault}`),
  );
}

const listOf = (resource: unknown, list: string): string[] =>
  Object.values(Object(at(resource, `${RULES}.${list}`) ?? [])).map((rule) =>
    String(at(rule, "value") ?? at(rule, "id")),
  );

function endpointFaults(resources: readonly Resource[]): string[] {
  const groups = ofType(resources, `${ENDPOINT}/privateDnsZoneGroups`).map(({ name }) => name);
  const endpoints = ofType(resources, ENDPOINT);
  const opened = endpoints.map((each) =>
    String(at(each, "properties.privateLinkServiceConnections.0.properties.groupIds.0")),
  );
  return [
    ...SERVICES.filter((service) => !opened.includes(service)).map((each) => `no way to ${each}`),
    ...endpoints
      .filter(({ name }) => !groups.includes(`${name}/default`))
      .map(({ name }) => `${name} is in no zone`),
  ];
}

function subnetFaults(resources: readonly Resource[]): string[] {
  const [site] = ofType(resources, "Microsoft.Web/sites");
  const used = String(at(site, "properties.virtualNetworkSubnetId"));
  const subnets = ofType(resources, "Microsoft.Network/virtualNetworks").flatMap((network) =>
    Object.values(Object(at(network, "properties.subnets"))),
  );
  const own = subnets.find((subnet) => used.endsWith(`/subnets/${String(at(subnet, "name"))}`));
  const delegated = at(own, "properties.delegations.0.properties.serviceName");
  const prefix = Number(String(at(own, "properties.addressPrefix")).split("/")[1]);
  return [
    ...(prefix <= LONGEST_PREFIX ? [] : ["too few addresses for the app"]),
    ...(delegated === "Microsoft.App/environments" ? [] : ["the app's subnet is not delegated"]),
    ...(at(own, "properties.natGateway.id") === undefined ? ["no way out of the network"] : []),
  ];
}

export const network: readonly Assertion[] = [
  {
    id: "infra.private-network",
    faultsOf: ({ variants: { standard, everything } }) => [
      ...privateFaults(everything),
      ...closedFaults(standard, [], "Allow").map((fault) => `standard: ${fault}`),
      ...standard
        .filter(({ type }) => type.startsWith("Microsoft.Network/"))
        .map((resource) => `standard: ${ownName(resource)} costs and is not asked for`),
    ],
  },
];
