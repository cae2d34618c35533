// Memory that is freed at once: nothing that others share, and never a byte of a response that is still to be read, also
// where one connection serves many responses.

import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { letGo, letGoOfRead } from "../../../shared/outbound/let-go.ts";

test("bytes that share their memory stay, others are gone, and twice is once", () => {
  const shared = Buffer.from("shared");
  const own = Uint8Array.of(1, 2, 3);
  for (const bytes of [shared, own, own]) letGo(bytes);
  expect(String(shared)).toBe("shared");
  expect(own.length).toBe(0);
});

test("responses over one connection come whole, and leave no listener on it", async () => {
  const bodyOf = (path: string) => `${path}:`.repeat(200_000);
  const server = createServer((request, response) => response.end(bodyOf(request.url ?? "")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const read = async (path: string) => {
    const [response]: IncomingMessage[] = await once(get({ port, path, agent }), "response");
    if (response === undefined) throw new Error("no response");
    const { socket } = response;
    letGoOfRead(response);
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece);
    return { text: String(Buffer.concat(pieces)), socket };
  };
  const all = await Promise.all(["/a", "/b", "/c", "/d"].map(read));
  expect(all.map(({ text }) => text)).toEqual(["/a", "/b", "/c", "/d"].map(bodyOf));
  expect(new Set(all.map(({ socket }) => socket)).size).toBe(1);
  expect(all[0]?.socket.listeners("data")).not.toContain(letGo);
  agent.destroy();
  server.close();
});
