// Outbound HTTP against servers that misbehave on the socket: what was surely not sent is told apart from what got
// lost, and no body or silence is without bounds.

import { createServer as createTlsServer } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import { setImmediate as idle } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { generate } from "selfsigned";
import { beforeEach, describe, expect } from "vitest";
import {
  drip,
  reply,
  reset,
  resetMidway,
  type ScriptedServer,
  type Step,
  silence,
  startScriptedServer,
} from "../../support/scripted-server.ts";
import { verifies } from "../../support/verifies.ts";
import { createOutboundBench } from "./outbound-bench.ts";

let server: ScriptedServer;
beforeEach(async () => {
  const started = await startScriptedServer();
  server = started;
  return () => started[Symbol.asyncDispose]();
});
const anOutbound = () => createOutboundBench(`${server.url}/x`);

async function portOf(raw: Server): Promise<number> {
  await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
  const address = raw.address();
  return typeof address === "object" && address ? address.port : 0;
}

/** A port that was free a moment ago. */
async function aClosedPort(): Promise<number> {
  await using probe = createServer();
  return await portOf(probe);
}

describe("sent or not", () => {
  const post = { method: "POST", body: "{}", retry: "never" } as const;

  verifies("outbound.sent-or-not", "a refused connection sent nothing", async () => {
    const url = `http://127.0.0.1:${await aClosedPort()}/`;
    expect(await anOutbound().ask({ ...post, url })).toEqual({ kind: "not_connected" });
  });

  verifies("outbound.sent-or-not", "reset, cut short or silent after sending is lost", async () => {
    for (const step of [reset, resetMidway, silence]) {
      server.script(step);
      expect(await anOutbound().ask(post)).toEqual({ kind: "lost" });
    }
  });

  verifies("outbound.sent-or-not", "a reused connection that resets is lost", async () => {
    const { ask } = anOutbound();
    const sockets: unknown[] = [];
    const remember =
      (step: Step): Step =>
      (response, request) => {
        sockets.push(response.socket);
        step(response, request);
      };
    server.script(remember(reply(200)), remember(reset));
    await ask();
    for (let turn = 0; turn < 20; turn++) await idle(); // until the connection is free again
    expect(await ask(post)).toEqual({ kind: "lost" });
    expect(sockets[1]).toBe(sockets[0]);
  });

  verifies("outbound.sent-or-not", "a TLS handshake that fails or hangs sent nothing", async () => {
    const { ask } = anOutbound();
    await ask(); // the channel that proves it must have been seen working once
    const resets = (socket: Socket) => void socket.once("data", () => socket.resetAndDestroy());
    const keepsSilent = (socket: Socket) => void socket.on("error", () => undefined);
    const speaksPlainly = (socket: Socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    for (const onConnect of [resets, keepsSilent, speaksPlainly]) {
      const raw = createServer(onConnect);
      const url = `https://127.0.0.1:${await portOf(raw)}/`;
      expect(await ask({ ...post, url })).toEqual({ kind: "not_connected" });
      raw.close();
    }
  });

  verifies("outbound.sent-or-not", "an untrusted certificate sent nothing", async () => {
    const pems = await generate([{ name: "commonName", value: "localhost" }]);
    const tls = createTlsServer({ key: pems.private, cert: pems.cert });
    const url = `https://127.0.0.1:${await portOf(tls)}/`;
    const answer = await anOutbound().ask({ ...post, url, tryTimeoutMs: 5_000 });
    expect(answer).toEqual({ kind: "not_connected" });
    tls.close();
  });
});

describe("bounds", () => {
  verifies("outbound.bounded", "a body over the limit is lost and read no further", async () => {
    const { ask, logged } = anOutbound();
    const total = 40 * 1024 * 1024;
    let written = 0;
    server.script((response) => {
      const block = Buffer.alloc(64 * 1024, " ");
      const pour = (): void => {
        while (written < total && !response.destroyed) {
          written += block.length;
          if (!response.write(block)) return void response.once("drain", pour);
        }
        response.end();
      };
      pour();
    });
    expect(await ask({ maxBodyBytes: 1024 * 1024 })).toEqual({ kind: "lost" });
    expect(server.seen).toHaveLength(1);
    expect(written).toBeLessThan(total);
    expect(logged).toEqual([]);
  });

  verifies("outbound.bounded", "the default limit is 32 MiB", async () => {
    const megabytes = (n: number) => reply(200, " ".repeat(n * 1024 * 1024));
    const { ask } = anOutbound();
    server.script(megabytes(32), megabytes(33));
    expect((await ask({ tryTimeoutMs: 10_000 })).kind).toBe("answered");
    expect(await ask({ tryTimeoutMs: 10_000 })).toEqual({ kind: "lost" });
  });

  verifies("outbound.bounded", "a packed body counts by what it unpacks to", async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    server.script((response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(bomb);
    });
    expect(bomb.length).toBeLessThan(16 * 1024);
    const answer = await anOutbound().ask({ maxBodyBytes: 1024 * 1024, tryTimeoutMs: 10_000 });
    expect(answer).toEqual({ kind: "lost" });
  });

  verifies("outbound.bounded", "a body that drips runs into the try's time limit", async () => {
    server.script(drip);
    const answer = await anOutbound().ask({ retry: "never", tryTimeoutMs: 200 });
    expect(answer).toEqual({ kind: "lost" });
  });
});
