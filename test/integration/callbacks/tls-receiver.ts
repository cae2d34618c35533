// A receiver of callbacks on a loopback address, with a certificate that this process trusts. It counts connections,
// not only requests: a guard that works leaves both at zero.

import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Certificates } from "../../../local/certificates.ts";

export interface Received {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingMessage["headers"];
  /** The name that the client asked for in its TLS hello. */
  readonly serverName: string | false;
  readonly body: string;
}

export type Behave = (response: ServerResponse, socket: Socket) => void;

export interface TlsReceiver extends AsyncDisposable {
  readonly port: number;
  readonly received: Received[];
  connections(): number;
  /** How each following request is answered. */
  behave(next: Behave): void;
}

export async function startTlsReceiver(
  certificates: Pick<Certificates, "key" | "cert">,
  at: { readonly host?: string; readonly port?: number } = {},
): Promise<TlsReceiver> {
  const received: Received[] = [];
  let connections = 0;
  let behave: Behave = (response) => response.end();
  const server = createServer(certificates, async (request, response) => {
    request.socket.on("error", () => {});
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url: path = "", method = "", headers } = request;
    const { servername: serverName } = request.socket as TLSSocket & { servername: string | false };
    received.push({ path, method, headers, serverName, body: Buffer.concat(chunks).toString() });
    behave(response, request.socket);
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port ?? 0, at.host ?? "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    received,
    connections: () => connections,
    behave: (next) => {
      behave = next;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
