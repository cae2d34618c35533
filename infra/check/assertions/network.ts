// The private network: with the parameter nothing of storage and vault is reachable from outside and the app reaches all of it;
// without it there is none of this, so that the plain deployment costs nothing for it.

import { type Assertion, inEachVariant } from "../assertion.ts";
import { DECLARED } from "../declared.ts";
import { at, ofType, ownName, type Resource } from "../infrastructure.ts";
import { closedFaults } from "../network/closed-faults.ts";
import { endpointFaults } from "../network/endpoint-faults.ts";

/** An app on Flex uses up to 40 addresses, however many instances it has, and Azure keeps five. */
const LONGEST_PREFIX = 26;
function subnetFaults(resources: readonly Resource[]): string[] {
  const [site] = ofType(resources, "Microsoft.Web/sites");
  const used = String(at(site, "properties.virtualNetworkSubnetId"));
  const endpoints = ofType(resources, "Microsoft.Network/privateEndpoints");
  const subnets = ofType(resources, "Microsoft.Network/virtualNetworks").flatMap((network) =>
    Object.values(Object(at(network, "properties.subnets"))),
  );
  const own = subnets.find((subnet) => used.endsWith(`/subnets/${String(at(subnet, "name"))}`));
  const delegated = at(own, "properties.delegations.0.properties.serviceName");
  const prefix = Number(String(at(own, "properties.addressPrefix")).split("/")[1]);
  return [
    ...(prefix <= LONGEST_PREFIX ? [] : ["too few addresses for the app"]),
    ...(delegated === "Microsoft.App/environments" ? [] : ["the app's subnet is not delegated"]),
    // A subnet that is delegated takes no endpoint: the deployment would fail, or the app would lose its place.
    ...endpoints
      .filter((each) => at(each, "properties.subnet.id") === used)
      .map((each) => `${each.name} is in the app's subnet`),
    ...(at(own, "properties.natGateway.id") === undefined ? ["no way out of the network"] : []),
  ];
}

export const network: readonly Assertion[] = [
  {
    id: "infra.private-network",
    faultsOf: inEachVariant((resources, _facts, variant) => {
      const { isPrivate, adminAddressRanges } = DECLARED[variant];
      return [
        ...closedFaults(resources, isPrivate, adminAddressRanges),
        ...(isPrivate
          ? [...endpointFaults(resources), ...subnetFaults(resources)]
          : resources
              .filter(({ type }) => type.startsWith("Microsoft.Network/"))
              .map((resource) => `${ownName(resource)} costs and is not asked for`)),
      ];
    }),
  },
];
