// Which numeric addresses count as public. The tables name one address of each special range, and its neighbours.

import { describe, expect } from "vitest";
import { isLoopbackAddress, isPublicAddress } from "../../../shared/outbound/guarded-addresses.ts";
import { resolveGuarded } from "../../../shared/outbound/guarded-resolve.ts";
import { verifies } from "../../support/verifies.ts";

const NOT_PUBLIC: readonly (readonly [what: string, ...addresses: string[]])[] = [
  ["unspecified", "0.0.0.0", "0.255.255.255", "::"],
  ["loopback", "127.0.0.1", "127.255.255.254", "::1"],
  ["private", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
  ["carrier-grade NAT", "100.64.0.1", "100.127.255.255", "100.100.100.200"],
  ["link-local", "169.254.0.1", "fe80::1", "febf::1"],
  [
    "metadata services",
    "169.254.169.254",
    "169.254.129.2",
    "168.63.129.16",
    "fd00:ec2::254",
    "192.0.0.192",
  ],
  ["unique local", "fc00::1", "fdff::1"],
  ["site-local", "fec0::1"],
  ["multicast", "224.0.0.1", "239.255.255.255", "ff02::1"],
  ["reserved and broadcast", "240.0.0.1", "255.255.255.255"],
  ["documentation", "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],
  ["benchmarks", "198.18.0.1", "198.19.255.255", "2001:2::1"],
  ["IPv4-mapped", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:169.254.169.254", "::ffff:8.8.8.8"],
  ["IPv4-compatible", "::127.0.0.1", "::7f00:1"],
  ["IPv4-translated", "::ffff:0:127.0.0.1"],
  ["NAT64", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1"],
  ["6to4", "2002:7f00:1::", "2002:a9fe:a9fe::1", "192.88.99.1"],
  ["Teredo", "2001:0:7f00:1::", "2001::1"],
  ["discard, segment routing, unassigned", "100::1", "5f00::1", "4000::1", "8000::1"],
  ["a zone id", "fe80::1%eth0", "2606:4700::1%lo"],
  [
    "no address",
    "",
    "localhost",
    "127.1",
    "0x7f.0.0.1",
    "010.0.0.1",
    "2130706433",
    "[::1]",
    "8.8.8.8 ",
  ],
];

describe("not public", () => {
  for (const [what, ...addresses] of NOT_PUBLIC) {
    verifies("callbacks.guarded-connect", `${what}: never connected to`, () => {
      expect(addresses.filter(isPublicAddress)).toEqual([]);
    });
  }
});

verifies("callbacks.guarded-connect", "public addresses are, also next to a special range", () => {
  const addresses = [
    ...["8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255"],
    ...["128.0.0.1", "168.63.129.15", "168.63.129.17", "169.253.255.255", "172.15.255.255"],
    ...["172.32.0.1", "192.167.255.255", "198.17.255.255", "198.20.0.1", "223.255.255.255"],
    ...["2606:4700::1", "2603:1030::1", "2a01:111::1", "2001:200::1", "2003::1"],
  ];
  expect(addresses.filter((address) => !isPublicAddress(address))).toEqual([]);
});

verifies("callbacks.guarded-connect", "loopback is told by its plain forms alone", () => {
  const addresses = ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "::", "0.0.0.0", "", "x"];
  expect(addresses.filter(isLoopbackAddress)).toEqual(["127.0.0.1", "127.9.9.9", "::1"]);
});

describe("a name's answers", () => {
  const resolved = (answers: readonly string[], allowsLoopback = false) =>
    resolveGuarded("receiver.example", allowsLoopback, async () => answers);

  verifies(
    "callbacks.guarded-connect",
    "one bad address among good ones refuses the name",
    async () => {
      expect(await resolved(["8.8.8.8", "10.0.0.1"])).toBeUndefined();
      expect(await resolved(["10.0.0.1", "8.8.8.8"])).toBeUndefined();
      expect(await resolved(["2606:4700::1", "::ffff:10.0.0.1"])).toBeUndefined();
    },
  );

  verifies(
    "callbacks.guarded-connect",
    "no answer, and junk for an answer, refuse it",
    async () => {
      expect(await resolved([])).toBeUndefined();
      expect(await resolved(["evil.example"], true)).toBeUndefined();
    },
  );

  verifies(
    "callbacks.guarded-connect",
    "all good ones are handed on with their family",
    async () => {
      expect(await resolved(["8.8.8.8", "2606:4700::1"])).toEqual([
        { address: "8.8.8.8", family: 4 },
        { address: "2606:4700::1", family: 6 },
      ]);
    },
  );

  verifies(
    "callbacks.host-port",
    "loopback, and no other private address, where it is admitted",
    async () => {
      expect(await resolved(["127.0.0.1", "::1"], true)).toHaveLength(2);
      expect(await resolved(["127.0.0.1", "10.0.0.1"], true)).toBeUndefined();
      expect(await resolved(["169.254.169.254"], true)).toBeUndefined();
    },
  );

  verifies("callbacks.guarded-connect", "a numeric host is checked like an answer", async () => {
    const never = async () => Promise.reject(new Error("looked up"));
    expect(await resolveGuarded("127.0.0.1", false, never)).toBeUndefined();
    expect(await resolveGuarded("::1", false, never)).toBeUndefined();
    expect(await resolveGuarded("::1", true, never)).toEqual([{ address: "::1", family: 6 }]);
  });
});
