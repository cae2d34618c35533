// The private network: with the parameter nothing of storage and vault is reachable from outside and the app reaches all of it;
// without it there is none of this, so that the plain deployment costs nothing for it.

import type { Assertion } from "../assertion.ts";
import { at, ofType, ownName, type Resource } from "../infrastructure.ts";

const SERVICES = ["blob", "queue", "table", "vault"];
const ENDPOINT = "Microsoft.Network/privateEndpoints";

function privateFaults(resources: readonly Resource[]): string[] {
  const [account] = ofType(resources, "Microsoft.Storage/storageAccounts");
  const [vault] = ofType(resources, "Microsoft.KeyVault/vaults");
  const expected: readonly (readonly [unknown, unknown, string])[] = [
    [at(account, "properties.publicNetworkAccess"), "Disabled", "storage is open to the internet"],
    [at(account, "properties.networkAcls.defaultAction"), "Deny", "storage lets everybody in"],
    [at(vault, "properties.networkAcls.defaultAction"), "Deny", "the vault lets everybody in"],
  ];
  return [
    ...expected.flatMap(([given, wanted, fault]) => (given === wanted ? [] : [fault])),
    ...endpointFaults(resources),
    ...subnetFaults(resources),
  ];
}

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
  return [
    ...(delegated === "Microsoft.App/environments" ? [] : ["the app's subnet is not delegated"]),
    ...(at(own, "properties.natGateway.id") === undefined ? ["no way out of the network"] : []),
  ];
}

export const network: readonly Assertion[] = [
  {
    id: "infra.private-network",
    faultsOf: ({ variants: { standard, everything } }) => [
      ...privateFaults(everything),
      ...standard
        .filter(({ type }) => type.startsWith("Microsoft.Network/"))
        .map((resource) => `standard: ${ownName(resource)} costs and is not asked for`),
    ],
  },
];
