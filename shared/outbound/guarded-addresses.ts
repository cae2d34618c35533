// Which addresses a request may connect to when a caller chose the host (server-side request forgery). Pure: it
// resolves no name. Built on the IANA special-purpose registries; what is not surely public is refused.

import { BlockList, isIP } from "node:net";

type Subnet = readonly [net: string, prefix: number];

const SPECIAL_IPV4: readonly Subnet[] = [
  ["0.0.0.0", 8], // "this network": 0.0.0.0 reaches the own machine on Linux
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // carrier-grade NAT; 100.100.100.200 is a cloud's metadata service
  ["127.0.0.0", 8],
  ["169.254.0.0", 16], // link-local; 169.254.169.254 is the metadata service, 169.254.129.2 App Service's
  ["168.63.129.16", 32], // Azure's wire server: public by its number, reachable only from inside
  ["172.16.0.0", 12],
  ["192.0.0.0", 24], // IETF protocols; 192.0.0.192 is a cloud's metadata service
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16],
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, broadcast
];

/**
 * All that IANA ever gave out as global unicast. Outside of it lie loopback, ULA (with the metadata address
 * fd00:ec2::254), link-local, multicast, and the mapped, compatible and NAT64 forms, which hide an IPv4 address.
 */
const GLOBAL_IPV6: Subnet = ["2000::", 3];

const SPECIAL_IPV6: readonly Subnet[] = [
  ["2001::", 23], // IETF protocols: Teredo hides an IPv4 address
  ["2001:db8::", 32], // documentation
  ["2002::", 16], // 6to4 hides an IPv4 address
  ["3fff::", 20], // documentation
];

// One list a family: Node matches an IPv4-mapped address against IPv4 rules, which would blur the two.
const specialIpv4 = listOf("ipv4", SPECIAL_IPV4);
const specialIpv6 = listOf("ipv6", SPECIAL_IPV6);
const globalIpv6 = listOf("ipv6", [GLOBAL_IPV6]);
const loopbackIpv4 = listOf("ipv4", [["127.0.0.0", 8]]);

/** True for a numeric address that is surely one of the public internet; false for anything else, names too. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !specialIpv4.check(address, "ipv4");
    case 6:
      // A zone id (`fe80::1%eth0`) picks an interface of this machine: nothing public has one.
      return (
        !address.includes("%") &&
        globalIpv6.check(address, "ipv6") &&
        !specialIpv6.check(address, "ipv6")
      );
    default:
      return false;
  }
}

/** True for 127.0.0.0/8 and ::1 in their plain forms, not for addresses that map or embed them. */
export function isLoopbackAddress(address: string): boolean {
  return isIP(address) === 4 ? loopbackIpv4.check(address, "ipv4") : address === "::1";
}

function listOf(family: "ipv4" | "ipv6", subnets: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
}
