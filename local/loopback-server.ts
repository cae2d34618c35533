// The base of every simulator: one http or https server on 127.0.0.1 with bounded bodies, JSON replies, a
// request log and ordered faults. The log holds method, path and status; never a header value, a query
// or a body, because those carry tokens and secrets.

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { createFaultList, type Fault } from "./loopback-faults.ts";

export interface LoopbackRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface LoopbackReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string goes out as it is, anything else as JSON, `undefined` as no body. */
  readonly body?: unknown;
  /** What the request log says about it, for example the grant type. Never a secret. */
  readonly label?: string;
}

/** One line of the request log; `status` is 0 while nothing was answered. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Whether an Authorization header came with it. */
  readonly authorization: boolean;
  readonly label?: string;
}

export interface LoopbackOptions {
  /** Private key and certificate in PEM: then https, else http. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** 0 (default) takes a free port. */
  readonly port?: number;
  /** Bodies beyond this are answered 413. Default 1 MiB. */
  readonly maxBodyBytes?: number;
  readonly handle: (request: LoopbackRequest) => Promise<LoopbackReply> | LoopbackReply;
}

export interface LoopbackServer {
  /** `https://localhost:PORT` or `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** The last requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
  injectFault(fault: Fault): void;
  clearFaults(): void;
  /** Ends all connections, hanging ones too. */
  close(): Promise<void>;
}

type MutableEntry = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };

/** The stand may run for days: the log keeps the newest entries only. */
const MAX_LOG_ENTRIES = 5_000;

async function readBody(message: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, reply: LoopbackReply): void {
  const asText = typeof reply.body === "string";
  const type = asText ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
  const headers = reply.body === undefined ? {} : { "content-type": type };
  response.writeHead(reply.status, { ...headers, ...reply.headers });
  response.end(asText || reply.body === undefined ? reply.body : JSON.stringify(reply.body));
}

/** What to do instead of serving: an answer, silence, or nothing special. */
async function sufferFault(
  fault: Fault | undefined,
): Promise<LoopbackReply | "hang" | "reset" | undefined> {
  if (!fault) return undefined;
  if (fault.delayMs !== undefined) await wait(fault.delayMs);
  await fault.until;
  if (fault.hang) return "hang";
  if (fault.reset) return "reset";
  if (fault.status === undefined) return undefined;
  return { status: fault.status, body: fault.body, headers: fault.headers ?? {} };
}

async function serve(
  options: LoopbackOptions,
  url: URL,
  message: IncomingMessage,
): Promise<LoopbackReply> {
  const text = await readBody(message, options.maxBodyBytes ?? 1_048_576);
  if (text === undefined) return { status: 413, headers: { connection: "close" } };
  try {
    return await options.handle({
      method: message.method ?? "GET",
      url,
      headers: message.headers,
      text,
    });
  } catch (error) {
    // Not the message: a JSON parser, for one, quotes the body in it.
    const frames = error instanceof Error ? error.stack?.split("\n").slice(1, 4).join("\n") : "";
    console.error(`A simulator failed on ${url.pathname}\n${frames}`);
    return { status: 500, body: { error: "simulator_failed" } };
  }
}

/**
 * Starts one server on the loopback address.
 * @throws the listen error (for example EADDRINUSE) when the port is taken.
 */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const requests: MutableEntry[] = [];
  const faults = createFaultList();
  let base = "";

  const answer = async (message: IncomingMessage, response: ServerResponse) => {
    const url = new URL(message.url ?? "/", base);
    const { method = "GET", headers } = message;
    const entry: MutableEntry = {
      method,
      path: url.pathname,
      status: 0,
      authorization: "authorization" in headers,
    };
    requests.push(entry);
    if (requests.length > MAX_LOG_ENTRIES) requests.shift();
    const fault = await sufferFault(faults.take(url.pathname));
    if (fault === "hang") return;
    if (fault === "reset") return void message.socket.destroy();
    const reply = fault ?? (await serve(options, url, message));
    entry.status = reply.status;
    if (reply.label !== undefined) entry.label = reply.label;
    send(response, reply);
  };
  const listener = (message: IncomingMessage, response: ServerResponse) => {
    // What is left to fail here is a client that went away or an unusable request line.
    answer(message, response).catch(() => response.destroy());
  };

  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  base = options.tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;

  return {
    url: base,
    requests,
    injectFault: faults.inject,
    clearFaults: faults.clear,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
