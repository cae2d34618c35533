// The way in for the app: an endpoint for each service, of the resource that the app uses, with its name in a zone that the app's network
// reads. Without the last the name means the public address, which is closed.

import { at, ofType, type Resource } from "../infrastructure.ts";

const ENDPOINT = "Microsoft.Network/privateEndpoints";
const ZONE = "Microsoft.Network/privateDnsZones";
const STORAGE = "Microsoft.Storage/storageAccounts";
const CONNECTION = "properties.privateLinkServiceConnections.0.properties";
const ZONE_ID = "properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId";
/** Service → type of its resource, and what the id of its zone has in it: names of storage are known only then. */
const SERVICES: Readonly<Record<string, readonly [type: string, zone: RegExp]>> = {
  blob: [STORAGE, /privatelink\.\{0\}\.\{1\}', 'blob', environment\(\)\.suffixes\.storage/],
  queue: [STORAGE, /privatelink\.\{0\}\.\{1\}', 'queue', environment\(\)\.suffixes\.storage/],
  table: [STORAGE, /privatelink\.\{0\}\.\{1\}', 'table', environment\(\)\.suffixes\.storage/],
  vault: ["Microsoft.KeyVault/vaults", /\/privatelink\.vaultcore\.azure\.net$/],
};

export function endpointFaults(resources: readonly Resource[]): string[] {
  const [network] = ofType(resources, "Microsoft.Network/virtualNetworks");
  const read = ofType(resources, `${ZONE}/virtualNetworkLinks`).filter(
    (link) => network !== undefined && at(link, "properties.virtualNetwork.id") === network.id,
  );
  const unread = ofType(resources, ZONE).length - read.length;
  return [
    ...Object.keys(SERVICES).flatMap((service) => serviceFaults(resources, service)),
    ...(unread === 0 ? [] : [`${unread} zones are not read by the app's network`]),
  ];
}

function serviceFaults(resources: readonly Resource[], service: string): string[] {
  const [type = "", zone = /$^/] = SERVICES[service] ?? [];
  const endpoint = ofType(resources, ENDPOINT).find(
    (each) => at(each, `${CONNECTION}.groupIds.0`) === service,
  );
  if (endpoint === undefined) return [`no way to ${service}`];
  const opened = at(endpoint, `${CONNECTION}.privateLinkServiceId`);
  const group = ofType(resources, `${ENDPOINT}/privateDnsZoneGroups`).find(
    ({ name }) => name === `${endpoint.name}/default`,
  );
  return [
    ...(ofType(resources, type).some(({ id }) => id === opened) ? [] : [`${service} is another's`]),
    ...(zone.test(String(at(group, ZONE_ID))) ? [] : [`${service} is in no zone of its own`]),
  ];
}
