// The one address of several workers: who gets a request, and what a client sees of a worker that dies.

import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { expect, onTestFinished } from "vitest";
import { startFront } from "../../../local/stand/front.ts";
import { verifies } from "../../support/verifies.ts";

interface Target {
  readonly url: string;
  readonly server: Server;
}

async function target(listener: RequestListener): Promise<Target> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, server };
}

/** An address that nobody listens at. */
async function nobody(): Promise<string> {
  const { url, server } = await target(() => {});
  server.close();
  await once(server, "close");
  return url;
}

async function frontOf(targets: readonly string[]): Promise<string> {
  const front = await startFront({ targets: () => targets });
  onTestFinished(front.close);
  return front.url;
}

const named = (name: string) => target((_request, response) => response.end(name));
const echo = () => target((request, response) => request.pipe(response));

verifies("chaos.front", "requests go to the workers in turn", async () => {
  const url = await frontOf([(await named("a")).url, (await named("b")).url]);
  const names = [];
  for (let turn = 0; turn < 4; turn += 1) names.push(await (await fetch(url)).text());
  expect(names).toEqual(["a", "b", "a", "b"]);
});

verifies(
  "chaos.front",
  "a worker that takes no connection is passed over with the body",
  async () => {
    const url = await frontOf([await nobody(), await nobody(), (await echo()).url]);
    const body = "x".repeat(200_000);
    for (let turn = 0; turn < 3; turn += 1) {
      const reply = await fetch(url, { method: "POST", body });
      expect(await reply.text()).toBe(body);
    }
  },
);

verifies("chaos.front", "a request that a worker took is given to no other", async () => {
  let taken = 0;
  const dying = await target((request) => {
    taken += 1;
    request.socket.destroy();
  });
  const alsoDying = await target((request) => {
    taken += 1;
    request.socket.destroy();
  });
  const url = await frontOf([dying.url, alsoDying.url]);
  const reply = await fetch(url, { method: "POST", body: "a question" });
  expect(reply.status).toBe(502);
  expect(taken).toBe(1);
});

verifies("chaos.front", "without a worker it is 503, and goes on when there is one", async () => {
  const targets: string[] = [];
  const url = await frontOf(targets);
  expect((await fetch(url)).status).toBe(503);
  targets.push(await nobody());
  expect((await fetch(url)).status).toBe(503);
  targets.push((await named("back")).url);
  expect(await (await fetch(url)).text()).toBe("back");
});

verifies("chaos.front", "an answer arrives piece by piece", async () => {
  let next = () => {};
  const streaming = await target((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("one");
    next = () => response.end("two");
  });
  const reply = await fetch(await frontOf([streaming.url]));
  const pieces: string[] = [];
  for await (const piece of reply.body ?? []) {
    pieces.push(Buffer.from(piece).toString());
    next(); // the second piece is not made before the first one is here
  }
  expect(pieces).toEqual(["one", "two"]);
  expect(reply.headers.get("content-type")).toBe("text/event-stream");
});

verifies("chaos.front", "an answer that breaks off is broken for the client too", async () => {
  const dying = await target((_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half", () => response.destroy());
  });
  const reply = await fetch(await frontOf([dying.url]));
  await expect(reply.text()).rejects.toThrow();
});

verifies("chaos.front", "a client that goes away ends its request at the worker", async () => {
  const gone = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const waiting = await target((_request, response) => {
    response.on("close", gone.resolve);
    arrived.resolve();
  });
  const client = new AbortController();
  const reply = fetch(await frontOf([waiting.url]), { signal: client.signal });
  await arrived.promise;
  client.abort();
  await expect(reply).rejects.toThrow();
  await gone.promise;
});

verifies("chaos.front", "path, method, headers and status pass unchanged", async () => {
  const mirror = await target((request, response) => {
    response.writeHead(418, {
      "x-seen": `${request.method} ${request.url}`,
      "set-cookie": ["a=1", "b=2"],
    });
    response.end(request.headers.authorization);
  });
  const reply = await fetch(`${await frontOf([mirror.url])}/p%2Fq?x=%20`, {
    method: "DELETE",
    headers: { authorization: "Bearer t" },
  });
  expect(reply.status).toBe(418);
  expect(reply.headers.get("x-seen")).toBe("DELETE /p%2Fq?x=%20");
  expect(reply.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(await reply.text()).toBe("Bearer t");
});
