// The private network: with the parameter nothing of storage and vault is reachable from outside and the app reaches all of it;
// without it there is none of this, so that the plain deployment costs nothing for it.

import type { Assertion } from "../assertion.ts";
import { DECLARED } from "../declared.ts";
import { at, ofType, ownName, type Resource } from "../infrastructure.ts";
import { closedFaults } from "../network/closed-faults.ts";
import { endpointFaults } from "../network/endpoint-faults.ts";

/** An app on Flex uses up to 40 addresses, however many instances it has, and Azure keeps five. */
const LONGEST_PREFIX = 26;
const CLOSED = { defaultAction: "Deny", vaultRanges: DECLARED.adminAddressRanges } as const;
const OPEN = { defaultAction: "Allow", vaultRanges: [] } as const;

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
      ...closedFaults(everything, CLOSED),
      ...endpointFaults(everything),
      ...subnetFaults(everything),
      ...closedFaults(standard, OPEN).map((fault) => `standard: ${fault}`),
      ...standard
        .filter(({ type }) => type.startsWith("Microsoft.Network/"))
        .map((resource) => `standard: ${ownName(resource)} costs and is not asked for`),
    ],
  },
];
