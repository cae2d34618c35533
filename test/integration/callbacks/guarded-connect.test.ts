// What a URL does not show: names that lead inside, answers that change, redirects. Real TLS servers listen on
// loopback in each case, and no connection may reach them. The cases that do connect show that one could.

import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { afterEach, beforeEach, describe, expect } from "vitest";
import {
  type Certificates,
  createCertificates,
  trustCertificate,
} from "../../../local/certificates.ts";
import { createSendCallback } from "../../../shared/callbacks/send-callback.ts";
import { createGuardedPost } from "../../../shared/outbound/guarded-post.ts";
import { systemClock } from "../../../shared/telemetry/clock.ts";
import { verifies } from "../../support/verifies.ts";
import { startTlsReceiver, type TlsReceiver } from "./tls-receiver.ts";

const certificates: Certificates = await createCertificates();
trustCertificate(certificates.caPem);
const silentLogger = { info: () => {}, warn: () => {}, error: () => {} };

let receiver: TlsReceiver;
let sockets = 0;
const countSocket = (): void => void sockets++;

beforeEach(async () => {
  receiver = await startTlsReceiver(certificates);
  sockets = 0;
  subscribe("net.client.socket", countSocket);
});
afterEach(async () => {
  unsubscribe("net.client.socket", countSocket);
  await receiver[Symbol.asyncDispose]();
});

/** One POST to `host` at the receiver's port, with the name server's answers by script, one list a look-up. */
async function postTo(
  host: string,
  { answers, allowsLoopback = false }: { answers?: readonly string[][]; allowsLoopback?: boolean },
) {
  const lookups: string[] = [];
  const resolve = async (name: string) => {
    const answer = answers?.[Math.min(lookups.length, answers.length - 1)] ?? [];
    lookups.push(name);
    return answer;
  };
  const post = createGuardedPost(answers === undefined ? {} : { resolve });
  const url = new URL(`https://${host}:${receiver.port}/hook?sig=1`);
  const reply = await post({ url, headers: { "webhook-id": "1" }, body: "{}", allowsLoopback });
  return { reply, lookups };
}

describe("a name that leads inside is never connected to", () => {
  const inside: readonly (readonly [what: string, ...answer: string[]])[] = [
    ["loopback", "127.0.0.1"],
    ["loopback by another number", "127.0.0.2"],
    ["IPv6 loopback", "::1"],
    ["unspecified, which Linux takes for loopback", "0.0.0.0"],
    ["IPv6 unspecified", "::"],
    ["IPv4-mapped loopback", "::ffff:127.0.0.1"],
    ["IPv4-mapped loopback, hexadecimal", "::ffff:7f00:1"],
    ["IPv4-compatible loopback", "::127.0.0.1"],
    ["NAT64 of loopback", "64:ff9b::127.0.0.1"],
    ["6to4 of loopback", "2002:7f00:1::"],
    ["Teredo", "2001:0:7f00:1::1"],
    ["the metadata service", "169.254.169.254"],
    ["Azure's wire server", "168.63.129.16"],
    ["the metadata service of IPv6", "fd00:ec2::254"],
    ["private 10", "10.0.0.1"],
    ["private 172", "172.16.0.1"],
    ["private 192", "192.168.0.1"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["unique local", "fc00::1"],
    ["link-local", "fe80::1"],
    ["link-local with a zone", "fe80::1%lo"],
    ["multicast", "224.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["a public address first, then loopback", "8.8.8.8", "127.0.0.1"],
    ["loopback first, then a public address", "127.0.0.1", "8.8.8.8"],
    ["public IPv6 and loopback IPv4", "2606:4700::1", "127.0.0.1"],
    ["public IPv4 and loopback IPv6", "8.8.8.8", "::1"],
    ["a name instead of an address", "localhost"],
    ["an address in short", "127.1"],
    ["nothing at all"],
  ];
  for (const [what, ...answer] of inside) {
    verifies("callbacks.guarded-connect", what, async () => {
      const { reply, lookups } = await postTo("hooks.logic.azure.com", { answers: [answer] });
      expect(reply).toEqual({ kind: "address_refused" });
      expect(lookups).toEqual(["hooks.logic.azure.com"]);
      expect({ sockets, connections: receiver.connections() }).toEqual({
        sockets: 0,
        connections: 0,
      });
    });
  }

  for (const host of [
    "127.0.0.1",
    "[::1]",
    "0.0.0.0",
    "[::ffff:127.0.0.1]",
    "2130706433",
    "localhost",
  ]) {
    verifies("callbacks.guarded-connect", `${host} in the URL, by the real resolver`, async () => {
      expect((await postTo(host, {})).reply).toEqual({ kind: "address_refused" });
      expect({ sockets, connections: receiver.connections() }).toEqual({
        sockets: 0,
        connections: 0,
      });
    });
  }

  verifies(
    "callbacks.guarded-connect",
    "the same socket is reached where it is admitted",
    async () => {
      const { reply } = await postTo("localhost", {
        answers: [["127.0.0.1"]],
        allowsLoopback: true,
      });
      expect(reply).toEqual({ kind: "answered", status: 200 });
      expect({ sockets, connections: receiver.connections() }).toEqual({
        sockets: 1,
        connections: 1,
      });
    },
  );
});

describe("rebinding", () => {
  verifies(
    "callbacks.guarded-connect",
    "the address that was checked is the one used",
    async () => {
      // The same port on two loopback addresses: any other look-up of `localhost`, by the script or by the system,
      // leads to the first.
      const { port } = receiver;
      await using other = await startTlsReceiver(certificates, { host: "127.0.0.2", port });
      const answers = [["127.0.0.2"], ["127.0.0.1"]];
      const { reply, lookups } = await postTo("localhost", { answers, allowsLoopback: true });
      expect(reply).toEqual({ kind: "answered", status: 200 });
      expect(lookups).toHaveLength(1);
      expect([receiver.connections(), other.connections()]).toEqual([0, 1]);
    },
  );

  verifies("callbacks.guarded-connect", "of several addresses the next is tried", async () => {
    const { port } = receiver;
    await receiver[Symbol.asyncDispose]();
    await using other = await startTlsReceiver(certificates, { host: "127.0.0.2", port });
    const answers = [["127.0.0.1", "::1", "127.0.0.2"]];
    const { reply } = await postTo("localhost", { answers, allowsLoopback: true });
    expect(reply).toEqual({ kind: "answered", status: 200 });
    expect(other.connections()).toBe(1);
    receiver = await startTlsReceiver(certificates);
  });

  verifies("callbacks.guarded-connect", "each try is checked anew", async () => {
    const answers = [["127.0.0.1"], ["10.0.0.1"], ["127.0.0.1", "169.254.169.254"]];
    let lookups = 0;
    const post = createGuardedPost({ resolve: async () => answers[lookups++] ?? [] });
    const url = new URL(`https://localhost:${receiver.port}/`);
    const kinds: string[] = [];
    for (const _ of answers) {
      kinds.push((await post({ url, headers: {}, body: "", allowsLoopback: true })).kind);
    }
    expect(kinds).toEqual(["answered", "address_refused", "address_refused"]);
    expect({ sockets, connections: receiver.connections() }).toEqual({
      sockets: 1,
      connections: 1,
    });
  });
});

describe("through the sender", () => {
  const sendTo = (
    url: string,
    hosts: Parameters<typeof createSendCallback>[0]["hosts"],
    to: string[],
  ) => {
    const post = createGuardedPost({ resolve: async () => to });
    const send = createSendCallback({ hosts, post, clock: systemClock, logger: silentLogger });
    return send(url, { "webhook-id": "1" }, "{}");
  };

  verifies(
    "callbacks.guarded-connect",
    "an allowed name that leads inside: tried again later",
    async () => {
      const hosts = [{ kind: "below", suffix: ".logic.azure.com" }] as const;
      expect(await sendTo("https://a.logic.azure.com/x", hosts, ["127.0.0.1"])).toBe("failed");
      expect(sockets).toBe(0);
    },
  );

  verifies("callbacks.url", "a host that is no longer allowed: never again", async () => {
    const url = `https://localhost:${receiver.port}/x`;
    expect(await sendTo(url, [{ kind: "host", host: "localhost" }], ["127.0.0.1"])).toBe("refused");
    expect(sockets).toBe(0);
  });

  for (const status of [300, 301, 302, 303, 305, 307, 308]) {
    verifies("callbacks.no-redirects", `${status} is the last word, and not followed`, async () => {
      await using inside = await startTlsReceiver(certificates);
      receiver.behave((response) => {
        response.writeHead(status, {
          location: `https://localhost:${inside.port}/latest/meta-data`,
        });
        response.end();
      });
      const { port } = receiver;
      const hosts = [{ kind: "host-port", host: "localhost", port }] as const;
      expect(await sendTo(`https://localhost:${port}/x`, hosts, ["127.0.0.1"])).toBe("refused");
      expect([receiver.connections(), inside.connections()]).toEqual([1, 0]);
    });
  }
});
