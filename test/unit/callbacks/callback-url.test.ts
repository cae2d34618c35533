// What a callback_url shows by itself: hostile spellings are faults, honest ones are taken as they are.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CallbackHost, checkCallbackUrl } from "../../../shared/callbacks/callback-url.ts";
import { readCallbackHosts } from "../../../shared/config/callback-host-rules.ts";
import { verifies } from "../../support/verifies.ts";

/** The rules as the settings parse them, so that both files agree on their form. */
function hostsOf(setting?: string): readonly CallbackHost[] {
  const raw = setting === undefined ? {} : { CALLBACK_ALLOWED_HOSTS: setting };
  const hosts = readCallbackHosts(raw, (name, fault) => {
    throw new Error(`${name} ${fault}`);
  });
  return hosts ?? [];
}

const STANDARD = hostsOf();
const GOOD = "https://prod-01.westeurope.logic.azure.com/workflows/1/triggers/x?sp=%2F&sig=a%2Bb";

function faultOf(text: string, hosts = STANDARD): string {
  const checked = checkCallbackUrl(text, hosts);
  if ("accepted" in checked) return "accepted";
  expect(checked.fault).toHaveProperty("pointer", "/callback_url");
  return checked.fault.detail;
}

const SCHEME = "must start with https://";
const CHARACTERS = "must hold only the characters of a URL (RFC 3986)";
const USER = "must not hold a user name or password";
const ADDRESS = "must name its host by a DNS name, not by an IP address";
const NOT_ALLOWED = "must name a host that CALLBACK_ALLOWED_HOSTS of this gateway allows";
const PORT = "must use port 443";
const FORM = "must be a URL with a host name";

const HOSTILE: readonly (readonly [attempt: string, url: string, fault: string])[] = [
  ["nothing", "", CHARACTERS],
  ["no URL at all", "callback", SCHEME],
  ["http", "http://a.logic.azure.com/", SCHEME],
  ["another scheme", "gopher://a.logic.azure.com/", SCHEME],
  ["a file", "file:///etc/passwd", SCHEME],
  ["script", "javascript:alert(1)", SCHEME],
  ["no scheme", "//a.logic.azure.com/", SCHEME],
  ["one slash, which parsers forgive", "https:/a.logic.azure.com/", SCHEME],
  ["no slash, which parsers forgive", "https:a.logic.azure.com", SCHEME],
  ["three slashes, which parsers forgive", "https:///a.logic.azure.com/", FORM],
  ["backslashes for slashes", "https:\\\\a.logic.azure.com\\", CHARACTERS],
  ["a backslash that hides the host", "https://evil.example\\@a.logic.azure.com/", CHARACTERS],
  ["a blank in front", " https://a.logic.azure.com/", CHARACTERS],
  ["a tab inside, which parsers drop", "https://evil\t.example/", CHARACTERS],
  ["a line feed and a header", "https://a.logic.azure.com/\r\nHost: evil.example", CHARACTERS],
  ["a NUL", "https://a.logic.azure.com/\0", CHARACTERS],
  ["port 80", "https://a.logic.azure.com:80/", PORT],
  ["port 22", "https://a.logic.azure.com:22/", PORT],
  ["port 8443", "https://a.logic.azure.com:8443/", PORT],
  ["port 0", "https://a.logic.azure.com:0/", PORT],
  ["a port beyond all", "https://a.logic.azure.com:99999/", FORM],
  ["no port after the colon", "https://a.logic.azure.com:/", FORM],
  ["a user name", "https://user@a.logic.azure.com/", USER],
  ["user name and password", `https://${["user", "secret"].join(":")}@a.logic.azure.com/`, USER],
  ["an allowed host as user name", "https://a.logic.azure.com@evil.example/", USER],
  ["empty user information", "https://@a.logic.azure.com/", USER],
  ["another host", "https://evil.example/", NOT_ALLOWED],
  ["an allowed host as a prefix", "https://a.logic.azure.com.evil.example/", NOT_ALLOWED],
  ["an allowed host as a suffix without dot", "https://evillogic.azure.com/", NOT_ALLOWED],
  ["an allowed host in the path", "https://evil.example/.logic.azure.com", NOT_ALLOWED],
  ["an allowed host in the query", "https://evil.example?.logic.azure.com", NOT_ALLOWED],
  ["an allowed host in the fragment", "https://evil.example#.logic.azure.com", NOT_ALLOWED],
  ["the suffix alone", "https://logic.azure.com/", NOT_ALLOWED],
  ["the suffix with its dot alone", "https://.logic.azure.com/", ADDRESS],
  ["a trailing dot", "https://a.logic.azure.com./", ADDRESS],
  ["an empty label", "https://a..logic.azure.com/", ADDRESS],
  ["a label of 64 characters", `https://${"a".repeat(64)}.logic.azure.com/`, ADDRESS],
  ["an underscore", "https://a_b.logic.azure.com/", FORM],
  ["percent-encoding in the host", "https://a%2elogic.azure.com/", FORM],
  ["full-width letters", "https://a.ｌogic.azure.com/", CHARACTERS],
  ["an ideographic full stop", "https://a。logic.azure.com/", CHARACTERS],
  ["a Cyrillic look-alike", "https://a.lоgic.azure.com/", CHARACTERS],
  ["the same look-alike in Punycode", "https://a.xn--lgic-tdd.azure.com/", NOT_ALLOWED],
  ["localhost", "https://localhost/", NOT_ALLOWED],
  ["a name below localhost", "https://a.localhost/", NOT_ALLOWED],
  ["the metadata service's name", "https://metadata.google.internal/", NOT_ALLOWED],
  ["loopback", "https://127.0.0.1/", ADDRESS],
  ["loopback, short", "https://127.1/", ADDRESS],
  ["loopback, decimal", "https://2130706433/", ADDRESS],
  ["loopback, hexadecimal", "https://0x7f000001/", ADDRESS],
  ["loopback, hexadecimal parts", "https://0x7f.0x0.0x0.0x1/", ADDRESS],
  ["loopback, octal", "https://0177.0.0.1/", ADDRESS],
  ["loopback, padded octal", "https://00000177.0.0.1/", ADDRESS],
  ["loopback, circled digits", "https://①②⑦.⓪.⓪.①/", CHARACTERS],
  ["loopback with a trailing dot", "https://127.0.0.1./", ADDRESS],
  ["all zeros", "https://0.0.0.0/", ADDRESS],
  ["one zero", "https://0/", ADDRESS],
  ["a private address", "https://10.0.0.1/", ADDRESS],
  ["the metadata service", "https://169.254.169.254/metadata/instance", ADDRESS],
  ["the metadata service, decimal", "https://2852039166/", ADDRESS],
  ["Azure's wire server", "https://168.63.129.16/", ADDRESS],
  ["a public address", "https://8.8.8.8/", ADDRESS],
  ["a number too large for an address", "https://4294967296/", FORM],
  ["IPv6 loopback", "https://[::1]/", ADDRESS],
  ["IPv6 unspecified", "https://[::]/", ADDRESS],
  ["IPv6 loopback, long", "https://[0:0:0:0:0:0:0:1]/", ADDRESS],
  ["IPv4-mapped", "https://[::ffff:127.0.0.1]/", ADDRESS],
  ["IPv4-mapped, hexadecimal", "https://[::ffff:7f00:1]/", ADDRESS],
  ["NAT64", "https://[64:ff9b::a9fe:a9fe]/", ADDRESS],
  ["unique local", "https://[fd00:ec2::254]/", ADDRESS],
  ["a zone id", "https://[fe80::1%25eth0]/", FORM],
  ["a bracket left open", "https://[::1/", FORM],
  [
    "2,049 characters",
    `${GOOD}${"a".repeat(2_049 - GOOD.length)}`,
    "must have at most 2,048 characters",
  ],
];

describe("hostile URLs", () => {
  for (const [attempt, url, fault] of HOSTILE) {
    verifies("callbacks.url", `${attempt} is a fault`, () => {
      expect(faultOf(url)).toBe(fault);
    });
  }
});

describe("honest URLs", () => {
  const honest: readonly (readonly [what: string, url: string])[] = [
    ["a Logic Apps URL with its signature", GOOD],
    [
      "a Power Automate URL",
      "https://default1.0a.environment.api.powerplatform.com/powerautomate/x",
    ],
    ["a connector's URL", "https://westeurope-001.azure-apihub.net/x"],
    ["the port that it has anyway", "https://a.logic.azure.com:443/x"],
    ["capital letters", "HTTPS://A.Logic.Azure.Com/x"],
    ["2,048 characters", `${GOOD}${"a".repeat(2_048 - GOOD.length)}`],
  ];
  for (const [what, url] of honest) {
    verifies("callbacks.url", `${what} is accepted and stays as it is`, () => {
      const checked = checkCallbackUrl(url, STANDARD);
      if (!("accepted" in checked)) throw new Error(checked.fault.detail);
      expect(checked.accepted.allowsLoopback).toBe(false);
      expect(checked.accepted.url.href.toLowerCase()).toBe(url.toLowerCase().replace(":443", ""));
    });
  }

  test("a fragment is not part of what is sent", () => {
    expect(checkCallbackUrl(`${GOOD}#part`, STANDARD)).toEqual({
      accepted: { url: new URL(GOOD), allowsLoopback: false },
    });
  });
});

verifies("callbacks.url", "a host entry is exactly that host", () => {
  const hosts = hostsOf("hooks.example.com");
  expect(faultOf("https://hooks.example.com/x", hosts)).toBe("accepted");
  expect(faultOf("https://a.hooks.example.com/x", hosts)).toBe(NOT_ALLOWED);
  expect(faultOf("https://hooks.example.com:8443/x", hosts)).toBe(PORT);
});

verifies("callbacks.url", "an address is refused even where the settings name it as a host", () => {
  expect(faultOf("https://10.0.0.1/x", hostsOf("10.0.0.1,[::1]"))).toBe(ADDRESS);
  expect(faultOf("https://[::1]/x", hostsOf("10.0.0.1,[::1]"))).toBe(ADDRESS);
});

verifies("callbacks.host-port", "exactly that host and port, and https all the same", () => {
  const hosts = hostsOf("localhost:8443,127.0.0.1:8444,[::1]:8445,hooks.example.com:9000");
  for (const admitted of [
    "https://localhost:8443/x",
    "https://127.0.0.1:8444/x",
    "https://[::1]:8445/x",
    "https://hooks.example.com:9000/x",
  ]) {
    expect(checkCallbackUrl(admitted, hosts)).toEqual({
      accepted: { url: new URL(admitted), allowsLoopback: true },
    });
  }
  expect(faultOf("https://localhost/x", hosts)).toBe(NOT_ALLOWED);
  expect(faultOf("https://localhost:8444/x", hosts)).toBe(NOT_ALLOWED);
  expect(faultOf("https://127.0.0.1:8443/x", hosts)).toBe(ADDRESS);
  expect(faultOf("https://2130706433:8444/x", hosts)).toBe(ADDRESS);
  expect(faultOf("https://hooks.example.com/x", hosts)).toBe(NOT_ALLOWED);
  expect(faultOf("http://localhost:8443/x", hosts)).toBe(SCHEME);
});

verifies("callbacks.url", "with no host allowed nothing is", () => {
  expect(faultOf(GOOD, [])).toBe(NOT_ALLOWED);
});

verifies("callbacks.url", "whatever is accepted goes to an allowed name on port 443", () => {
  const piece = fc.constantFrom(
    ..."https:// . @ : / ? # % \\ [ ] 0x7f 127 1 443 80 a evil.example logic.azure.com .logic.azure.com xn-- %2e".split(
      " ",
    ),
  );
  const text = fc.array(piece, { maxLength: 10 }).map((parts) => `https://${parts.join("")}`);
  let accepted = 0;
  fc.assert(
    fc.property(text, (url) => {
      const checked = checkCallbackUrl(url, STANDARD);
      if (!("accepted" in checked)) return;
      accepted++;
      const { protocol, hostname, port, username, password, hash } = checked.accepted.url;
      expect({ protocol, port, username, password, hash }).toEqual({
        protocol: "https:",
        port: "",
        username: "",
        password: "",
        hash: "",
      });
      expect(hostname).toMatch(/^[a-z0-9.-]+\.logic\.azure\.com$/);
    }),
    { numRuns: 20_000 },
  );
  expect(accepted).toBeGreaterThan(0);
});
