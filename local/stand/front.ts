// The one address of a stand with several workers: passes each request to the next worker in turn, streaming both
// ways, as the load balancer in front of a function app does. It never sends a request twice: only where no
// connection came about, so that surely nothing was sent, the next worker gets it.

import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as sendRequest,
} from "node:http";

export interface Front {
  /** Without a trailing slash. */
  readonly url: string;
  close(): void;
}

export interface FrontOptions {
  /** Default 0: a free port. */
  readonly port?: number;
  /** Addresses of the workers that run now. */
  readonly targets: () => readonly string[];
}

/** Listens on 127.0.0.1. @throws the listen error when the port is taken */
export async function startFront({ port = 0, targets }: FrontOptions): Promise<Front> {
  let turn = 0;
  const server = createServer((request, response) => {
    const running = targets();
    const first = turn++ % Math.max(1, running.length);
    pass({ request, response }, [...running.slice(first), ...running.slice(0, first)]);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The front has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** To the first of `targets` that takes the connection; 503 when none does. */
function pass({ request, response }: Exchange, [target, ...others]: readonly string[]): void {
  if (target === undefined) {
    fail(response, 503);
    return;
  }
  const upstream = sendRequest(target, {
    // A connection of its own: on a kept one nobody could tell whether a dead worker had read the request.
    agent: false,
    method: request.method,
    path: request.url,
    headers: withoutConnection(request.headers),
  });
  let connected = false;
  upstream.on("socket", (socket) => {
    socket.once("connect", () => {
      connected = true;
      request.pipe(upstream);
    });
  });
  upstream.on("error", () => {
    response.off("close", abandon);
    if (connected) fail(response, 502);
    else pass({ request, response }, others);
  });
  upstream.on("response", (answer) => relay(answer, response));
  const abandon = () => upstream.destroy();
  response.once("close", abandon); // the client went away
}

function relay(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
  response.flushHeaders(); // server-sent events: the client sees the head before the first piece
  answer.pipe(response);
  // The worker died half-way: the client must see a broken answer, not a complete one.
  answer.on("error", () => response.destroy());
}

/** What concerns one connection alone is not passed on (RFC 9110 §7.6.1). */
function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _connection, "keep-alive": _keepAlive, ...rest } = headers;
  return rest;
}

function fail(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { "content-length": "0", connection: "close" }).end();
}
