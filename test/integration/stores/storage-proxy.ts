// A loopback proxy in front of Azurite: counts transactions and plays what networks do (a reply that gets lost, a
// silence, an error status, a moment between two calls). It changes nothing of what it lets through.

import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ProxiedCall {
  readonly method: string;
  /** Path and query, decoded. */
  readonly path: string;
}

/** `lose`: the storage does it, the reply never arrives. `drop`: nothing arrives. `hang`: nothing ever comes back. */
export type Trouble = "lose" | "drop" | "hang" | { readonly status: number };

export interface StorageProxy {
  readonly url: string;
  /** Calls since the last `reset`. */
  readonly calls: ProxiedCall[];
  /** Consulted for each call before it goes on. */
  trouble: (call: ProxiedCall) => Trouble | undefined;
  /** Forgets calls and trouble. */
  reset(): void;
  close(): Promise<void>;
}

export async function startStorageProxy(target: string): Promise<StorageProxy> {
  const server = createServer((incoming, outgoing) => {
    const call = { method: incoming.method ?? "", path: decodeURIComponent(incoming.url ?? "") };
    proxy.calls.push(call);
    void forward(target, proxy.trouble(call), incoming, outgoing);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const proxy: StorageProxy = {
    url: `http://127.0.0.1:${port}`,
    calls: [],
    trouble: () => undefined,
    reset: () => {
      proxy.calls.length = 0;
      proxy.trouble = () => undefined;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return proxy;
}

async function forward(
  target: string,
  trouble: Trouble | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = Buffer.concat(await incoming.toArray());
  if (trouble === "hang") return;
  if (trouble === "drop") return void incoming.socket.destroy();
  if (typeof trouble === "object") return void outgoing.writeHead(trouble.status).end();
  const { method, headers, url } = incoming;
  const sent = request(new URL(url ?? "", target), { ...(method ? { method } : {}), headers });
  sent.end(body);
  const [reply]: IncomingMessage[] = await once(sent, "response");
  const content = Buffer.concat((await reply?.toArray()) ?? []);
  if (trouble === "lose") return void incoming.socket.destroy();
  outgoing.writeHead(reply?.statusCode ?? 502, reply?.headers ?? {}).end(content);
}
