// What a receiver can do to a try: hang, drip, reset, flood, lie. Each ends in time with a plain outcome.

import http, { createServer } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type Certificates,
  createCertificates,
  trustCertificate,
} from "../../../local/certificates.ts";
import { createSendCallback } from "../../../shared/callbacks/send-callback.ts";
import {
  createGuardedPost,
  type GuardedPostOptions,
} from "../../../shared/outbound/guarded-post.ts";
import { systemClock } from "../../../shared/telemetry/clock.ts";
import type { LogFields } from "../../../shared/telemetry/logger.ts";
import { verifies } from "../../support/verifies.ts";
import { type Behave, startTlsReceiver, type TlsReceiver } from "./tls-receiver.ts";

const certificates: Certificates = await createCertificates();
trustCertificate(certificates.caPem);

let receiver: TlsReceiver;
beforeEach(async () => {
  receiver = await startTlsReceiver(certificates);
});
afterEach(() => receiver[Symbol.asyncDispose]());

const LIMIT_MS = 300;

async function postOnce(options: GuardedPostOptions = {}, host = "localhost") {
  const post = createGuardedPost({ resolve: async () => ["127.0.0.1"], ...options });
  const url = new URL(`https://${host}:${receiver.port}/hook?sig=a%2Bb`);
  const startedAt = performance.now();
  const headers = { "content-type": "application/json", "webhook-id": "1" };
  const reply = await post({ url, headers, body: '{"a":"é"}', allowsLoopback: true });
  return { reply, ms: performance.now() - startedAt };
}

const repeatedly = (socket: { destroyed: boolean }, write: () => void): void => {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : write()), 10);
};

test("the request arrives as it is: path, headers, body, names", async () => {
  expect((await postOnce()).reply).toEqual({ kind: "answered", status: 200 });
  expect(receiver.received).toEqual([
    {
      path: "/hook?sig=a%2Bb",
      method: "POST",
      serverName: "localhost",
      body: '{"a":"é"}',
      headers: {
        host: `localhost:${receiver.port}`,
        connection: "close",
        "content-type": "application/json",
        "content-length": "10",
        "webhook-id": "1",
      },
    },
  ]);
});

test("no connection is kept for the next one", async () => {
  const post = createGuardedPost({ resolve: async () => ["127.0.0.1"] });
  const url = new URL(`https://localhost:${receiver.port}/`);
  for (let i = 0; i < 3; i++) await post({ url, headers: {}, body: "", allowsLoopback: true });
  expect(receiver.connections()).toBe(3);
});

describe("a hostile reply", () => {
  const hang: Behave = () => {};
  const dripHead: Behave = (_, socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    repeatedly(socket, () => socket.write("X: 1\r\n"));
  };
  const earlyHints: Behave = (_, socket) =>
    repeatedly(socket, () => socket.write("HTTP/1.1 103 Early Hints\r\n\r\n"));
  const tooLate: readonly (readonly [string, Behave])[] = [
    ["hangs", hang],
    ["drips its head", dripHead],
    ["sends early hints without end", earlyHints],
  ];
  for (const [what, behave] of tooLate) {
    verifies("callbacks.bounded", `${what}: the try fails when its time is over`, async () => {
      receiver.behave(behave);
      const { reply, ms } = await postOnce({ timeoutMs: LIMIT_MS });
      expect(reply).toEqual({ kind: "failed" });
      expect(ms).toBeGreaterThan(LIMIT_MS - 20);
      expect(ms).toBeLessThan(LIMIT_MS + 2_000);
    });
  }

  const atOnce: readonly (readonly [string, Behave])[] = [
    ["resets the connection", (_, socket) => socket.destroy()],
    ["is no HTTP", (_, socket) => void socket.end("hello\r\n\r\n")],
    [
      "has a head of 100 KB",
      (_, socket) => void socket.end(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(100_000)}\r\n\r\n`),
    ],
    [
      "switches protocols",
      (_, socket) =>
        void socket.write(
          "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",
        ),
    ],
  ];
  for (const [what, behave] of atOnce) {
    verifies("callbacks.bounded", `${what}: the try fails at once`, async () => {
      receiver.behave(behave);
      expect((await postOnce({ timeoutMs: 10_000 })).reply).toEqual({ kind: "failed" });
    });
  }

  verifies("callbacks.bounded", "a body that drips: the status counts, in time", async () => {
    receiver.behave((response, socket) => {
      response.writeHead(206);
      repeatedly(socket, () => response.write("."));
    });
    const { reply, ms } = await postOnce({ timeoutMs: LIMIT_MS });
    expect(reply).toEqual({ kind: "answered", status: 206 });
    expect(ms).toBeLessThan(LIMIT_MS + 2_000);
  });

  verifies(
    "callbacks.bounded",
    "a body without end: the status counts, 64 KiB are read",
    async () => {
      let written = 0;
      const closed = Promise.withResolvers<void>();
      receiver.behave((response) => {
        const pour = (): void => {
          let goes = true;
          while (goes && !response.destroyed) {
            goes = response.write(Buffer.alloc(65_536));
            written += 65_536;
          }
          response.once("drain", pour);
        };
        response.on("close", () => closed.resolve());
        pour();
      });
      expect((await postOnce()).reply).toEqual({ kind: "answered", status: 200 });
      await closed.promise;
      expect(written).toBeLessThan(20 * 1_048_576); // what the sockets' buffers take
    },
  );

  verifies("callbacks.bounded", "a body cut short: the status counts", async () => {
    receiver.behave((response, socket) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("x", () => socket.destroy());
    });
    expect((await postOnce()).reply).toEqual({ kind: "answered", status: 200 });
  });
});

describe("no connection", () => {
  verifies(
    "callbacks.bounded",
    "a name server that never answers is waited for in time",
    async () => {
      const never = Promise.withResolvers<string[]>();
      const { reply, ms } = await postOnce({ resolve: () => never.promise, timeoutMs: LIMIT_MS });
      expect(reply).toEqual({ kind: "failed" });
      expect(ms).toBeLessThan(LIMIT_MS + 2_000);
    },
  );

  test("a name that does not exist, a port that nobody listens on", async () => {
    const noName = async () => Promise.reject(new Error("ENOTFOUND"));
    expect((await postOnce({ resolve: noName })).reply).toEqual({ kind: "failed" });
    await receiver[Symbol.asyncDispose]();
    expect((await postOnce()).reply).toEqual({ kind: "failed" });
    receiver = await startTlsReceiver(certificates);
  });

  verifies(
    "callbacks.guarded-connect",
    "the certificate must be for the name in the URL",
    async () => {
      expect((await postOnce({}, "hooks.logic.azure.com")).reply).toEqual({ kind: "failed" });
      expect(receiver.received).toEqual([]);
    },
  );

  verifies(
    "callbacks.guarded-connect",
    "and of an authority that we trust, whatever the environment says",
    async () => {
      await using impostor = await startTlsReceiver(await createCertificates());
      const post = createGuardedPost({ resolve: async () => ["127.0.0.1"] });
      const url = new URL(`https://localhost:${impostor.port}/`);
      vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
      const reply = await post({ url, headers: {}, body: "", allowsLoopback: true });
      expect(reply).toEqual({ kind: "failed" });
      expect(impostor.received).toEqual([]);
    },
  );

  verifies("callbacks.guarded-connect", "a proxy of the environment is not used", async () => {
    let proxied = 0;
    const proxy = createServer().on("connect", (_, socket) => {
      proxied++;
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    const restore = http.setGlobalProxyFromEnv({ https_proxy: `http://127.0.0.1:${port}` });
    try {
      // So the proxy is in force for whoever does not opt out.
      await new Promise((resolve) =>
        https.get(`https://localhost:${receiver.port}/`).on("error", resolve),
      );
      expect((await postOnce()).reply).toEqual({ kind: "answered", status: 200 });
    } finally {
      restore();
      proxy.close();
    }
    expect(proxied).toBe(1);
  });

  test("plain http is a fault of the caller's code", async () => {
    const post = createGuardedPost();
    const url = new URL("http://localhost/");
    await expect(post({ url, headers: {}, body: "", allowsLoopback: true })).rejects.toThrow(
      "https",
    );
  });
});

describe("what a status means", () => {
  const meanings: readonly (readonly ["delivered" | "refused" | "failed", ...number[]])[] = [
    ["delivered", 200, 201, 202, 204, 299],
    ["refused", 300, 301, 304, 399, 400, 401, 403, 404, 409, 410, 422, 499],
    ["failed", 408, 429, 500, 502, 503, 504, 599, 600, 999],
  ];
  for (const [outcome, ...statuses] of meanings) {
    verifies("callbacks.last-word", `${statuses.join(", ")}: ${outcome}`, async () => {
      const log: LogFields[] = [];
      const record = (_: string, fields: LogFields = {}) => void log.push(fields);
      const { port } = receiver;
      const send = createSendCallback({
        hosts: [{ kind: "host-port", host: "localhost", port }],
        post: createGuardedPost(),
        clock: systemClock,
        logger: { info: record, warn: record, error: record },
      });
      for (const status of statuses) {
        receiver.behave(
          (_, socket) => void socket.end(`HTTP/1.1 ${status} X\r\ncontent-length: 0\r\n\r\n`),
        );
        const url = `https://localhost:${port}/x?sig=secret`;
        expect([status, await send(url, { "webhook-id": "1" }, "{}")]).toEqual([status, outcome]);
      }
      expect(log.map(({ status }) => status)).toEqual(statuses);
      expect(JSON.stringify(log)).not.toMatch(/localhost|secret/);
    });
  }
});
