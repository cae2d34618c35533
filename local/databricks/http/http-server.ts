// The socket side: Node's HTTP server on loopback, bodies in, replies out, connections broken on demand.

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Reply } from "./reply.ts";

export interface RawRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bodyText: string;
}

/** What happens to a request on the wire. */
export type Delivery =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "cut_body"; readonly reply: Reply }
  | { readonly kind: "hang" }
  | { readonly kind: "drop" };

export type Serve = (request: RawRequest) => Promise<Delivery>;

const MAX_BODY_BYTES = 1024 * 1024;

/** Listens on 127.0.0.1; port 0 takes any free one. */
export async function listen(port: number, serve: Serve): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    handle(request, response, serve).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { server, url: `http://127.0.0.1:${address.port}` };
}

/** Stops at once: open connections, also hanging ones, are closed. */
export async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  serve: Serve,
): Promise<void> {
  const delivery = await serve({
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", "http://127.0.0.1"),
    authorization: request.headers.authorization,
    headers: request.headers,
    bodyText: await readBody(request),
  }).catch(reportMistake);
  if (delivery.kind === "hang") return;
  if (delivery.kind === "drop") request.socket.destroy();
  else await send(response, delivery.reply, delivery.kind === "cut_body");
}

/** A mistake of the simulator. Its message is not printed: it could quote a question or a token. */
function reportMistake(error: unknown): Delivery {
  const frames = error instanceof Error ? error.stack?.split("\n").slice(1, 4).join("\n") : "";
  console.error(`The simulated workspace failed\n${frames}`);
  return { kind: "drop" };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > MAX_BODY_BYTES) throw new Error("the body is too large for the simulator");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

async function send(response: ServerResponse, reply: Reply, cut: boolean): Promise<void> {
  const { body } = reply;
  const plain = typeof body === "string" || Buffer.isBuffer(body);
  if (!plain && isIterable(body)) {
    response.writeHead(reply.status, reply.headers);
    if (cut) await writeHalf(body, response);
    else await pipeline(Readable.from(body), response);
    return;
  }
  const bytes = plain ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  const type = plain ? {} : { "Content-Type": "application/json" };
  response.writeHead(reply.status, { ...type, ...reply.headers, "Content-Length": bytes.length });
  if (!cut) {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

/** Half of the pieces, so some whole rows at least; how many there are is counted first. */
async function writeHalf(body: Iterable<string>, response: ServerResponse): Promise<void> {
  const pieces = [...body];
  const half = pieces
    .slice(0, Math.ceil(pieces.length / 2))
    .join("")
    .slice(0, -1);
  await new Promise<void>((resolve) => response.write(half, () => resolve()));
  response.destroy();
}

function isIterable(body: object): body is Iterable<string> {
  return Symbol.iterator in body;
}
