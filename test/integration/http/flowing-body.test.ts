// Files over real sockets, through the host's proxy and the runtime library: as fast as the client reads and no
// faster, an end for clients that stall or go away, and a broken connection, never a short file, after an error.

import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { useApp } from "../../support/functions-host/use-host.ts";
import { verifies } from "../../support/verifies.ts";

const host = useApp({ appFolder: `${import.meta.dirname}/socket-app` });

const PIECE_BYTES = 64 * 1024;
const REUSED_PIECE_BYTES = 100 * 1024;
/** What sockets and proxies on the way hold of a file that nobody reads. */
const ON_THE_WAY_BYTES = 32 * 1024 * 1024;
const id = "c".repeat(32);
const pathOf = (file: number) =>
  `/genie/conversation/${id}/messages/${id}/results/${id}?format=csv&page_size=${file}`;
/** The same file where time stands still. */
const stillPathOf = (file: number) => `/genie/conversation/${id}/messages?page_size=${file}`;
const headers = { authorization: "Bearer user" };

interface Stats {
  readonly made: Readonly<Record<number, number>>;
  /** How often a piece was asked for; of file 7, how often the file was. */
  readonly awaited: Readonly<Record<number, number>>;
  /** Different pieces of memory that file 8 was written in. */
  readonly memories: number;
  readonly stopped: Readonly<Record<number, number>>;
  /** Files whose response takes nothing more until somebody reads. */
  readonly blocked: readonly number[];
  readonly ends: readonly { readonly end: string; readonly bytes: number }[];
}

async function stats(): Promise<Stats> {
  const reply = await fetch(`${host().url}/genie/spaces`, { headers });
  const told: Stats = JSON.parse(await reply.text());
  return told;
}

const madeOf = async (file: number) => (await stats()).made[file] ?? 0;
const awaitedOf = async (file: number) => (await stats()).awaited[file] ?? 0;
const stoppedOf = async (file: number) => (await stats()).stopped[file] ?? 0;

/** Asks for a file and reads nothing of it until it is told to. */
function open(file: number, path = pathOf(file)): Socket {
  const { hostname, port } = new URL(host().url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {}); // a connection that is broken off is what some tests want
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer user\r\n\r\n`);
  return socket;
}

/** The pieces that were made when the response took no more, at two looks in a row. */
async function settledPieces(file: number): Promise<number> {
  let before = -1;
  const settled = async () => {
    const { made, blocked } = await stats();
    const isSettled = blocked.includes(file) && made[file] === before;
    before = made[file] ?? 0;
    return isSettled;
  };
  await expect.poll(settled, { interval: 200 }).toBe(true);
  return before;
}

verifies("reading.stream", "a file comes whole, with its type", async () => {
  const reply = await fetch(`${host().url}${stillPathOf(1)}`, { headers });
  expect(reply.headers.get("content-type")).toBe("text/csv");
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect((await reply.arrayBuffer()).byteLength).toBe(100 * PIECE_BYTES);
  await expect
    .poll(async () => (await stats()).ends)
    .toContainEqual(expect.objectContaining({ end: "complete", bytes: 100 * PIECE_BYTES }));
});

verifies("reading.stream", "memory is used again only when what it held was sent", async () => {
  const reply = await fetch(`${host().url}${pathOf(8)}`, { headers });
  let place = 0;
  for await (const bytes of reply.body ?? []) {
    // Every byte tells which piece it belongs to; a reader that is slow now and then leaves the sockets full.
    for (const byte of bytes) {
      if (byte !== Math.floor(place / REUSED_PIECE_BYTES) % 256) throw new Error(`at ${place}`);
      place += 1;
    }
    if (place % 16 === 0) await sleep(5);
  }
  expect(place).toBe(300 * REUSED_PIECE_BYTES);
  expect((await stats()).memories).toBeLessThan(30);
});

verifies("reading.stream", "an error breaks the connection off", async () => {
  const reply = await fetch(`${host().url}${stillPathOf(2)}`, { headers });
  expect(reply.status).toBe(200);
  await expect(reply.arrayBuffer()).rejects.toThrow(/terminated/);
  await expect
    .poll(async () => (await stats()).ends)
    .toContainEqual(expect.objectContaining({ end: "failed", bytes: 3 * PIECE_BYTES }));
});

verifies(
  "reading.stream",
  "nothing is made for a client that does not read, until it reads",
  async () => {
    const socket = open(3, stillPathOf(3));
    const pieces = await settledPieces(3);
    expect(pieces * PIECE_BYTES).toBeLessThan(ON_THE_WAY_BYTES);
    socket.resume();
    await expect.poll(() => madeOf(3)).toBeGreaterThan(ON_THE_WAY_BYTES / PIECE_BYTES);
    socket.destroy();
    await expect.poll(() => stoppedOf(3)).toBe(1);
  },
);

verifies("reading.stream", "a client that went away ends it", async () => {
  const socket = open(4, stillPathOf(4));
  await expect.poll(() => madeOf(4)).toBeGreaterThan(0);
  socket.destroy();
  await expect.poll(() => stoppedOf(4)).toBe(1);
  expect((await stats()).ends).toContainEqual(expect.objectContaining({ end: "gone" }));
});

verifies("reading.stream", "a client that stalls for a minute is left", async () => {
  const socket = open(5);
  await expect.poll(() => stoppedOf(5), { timeout: 30_000 }).toBe(1);
  expect((await stats()).ends).toContainEqual(expect.objectContaining({ end: "stalled" }));
  // What was on its way still comes, and then the connection is broken off: no last chunk.
  let tail = "";
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("data", (bytes) => {
    tail = bytes.toString("latin1").slice(-16);
  });
  socket.resume();
  await closed;
  expect(tail.endsWith("0\r\n\r\n")).toBe(false);
});

verifies("reading.stream", "a client that goes away while a piece is awaited ends it", async () => {
  const socket = open(6);
  await expect.poll(() => awaitedOf(6)).toBe(1);
  socket.destroy();
  await expect.poll(() => stoppedOf(6)).toBe(1);
});

verifies(
  "reading.stream",
  "a client that went away before the answer gets nothing made",
  async () => {
    const socket = open(7);
    await expect.poll(() => awaitedOf(7)).toBe(1);
    socket.destroy();
    await expect.poll(() => stoppedOf(7)).toBe(1);
    expect(await madeOf(7)).toBe(0);
  },
);
