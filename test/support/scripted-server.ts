// A loopback server that answers each request by the next step of a script, and can misbehave on the socket: reset,
// drip, lie about its length. It records what came. It knows nothing of Genie.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  readonly method: string;
  /** Path with query, as it came. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}
export type Step = (response: ServerResponse, request: SeenRequest) => void;

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Steps for the next requests; the last one repeats. */
  script(...steps: readonly Step[]): void;
}

/** A JSON reply; `body` may also be text, sent as it is. */
export const reply =
  (status: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Step =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

/** The connection is reset after the request was read. */
export const reset: Step = (response) => void response.socket?.resetAndDestroy();

/** The reply stops in the middle and the connection is reset. */
export const resetMidway: Step = (response) => {
  response.writeHead(200, { "content-length": "1000" });
  response.write('{"a":', () => response.socket?.resetAndDestroy());
};

/** Nothing is ever answered. */
export const silence: Step = () => undefined;

/** One byte of the body every 20 ms, without end. */
export const drip: Step = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};

export async function startScriptedServer(): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  let steps: readonly Step[] = [reply(200)];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    const one = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
    seen.push(one);
    const [step = reply(200), ...rest] = steps;
    if (rest.length > 0) steps = rest;
    step(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    script: (...next) => {
      steps = next;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
