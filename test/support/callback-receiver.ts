// A receiver of callbacks on this machine: https, any path, and a list of what came. Its port is known before the
// stand starts, because the stand's settings must name it; its certificate is the stand's.

import { EventEmitter, once } from "node:events";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import type { Certificates } from "../../local/certificates.ts";

export interface Delivery {
  readonly path: string;
  /** Header `webhook-id`. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface CallbackReceiver {
  /** `localhost:PORT`, for CALLBACK_ALLOWED_HOSTS. */
  readonly host: string;
  readonly deliveries: readonly Delivery[];
  url(path: string): string;
  /** The first delivery at this path, which may be there already. @throws AbortError when the signal ends first */
  arrival(path: string, signal: AbortSignal): Promise<Delivery>;
  serveWith(certificates: Certificates): void;
  close(): void;
}

export async function startCallbackReceiver(): Promise<CallbackReceiver> {
  const deliveries: Delivery[] = [];
  const arrivals = new EventEmitter().setMaxListeners(0);
  const server = createServer((request, response) => {
    void receive(request).then((delivery) => {
      deliveries.push(delivery);
      arrivals.emit("delivery");
      response.writeHead(204).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The receiver has no port");
  const host = `localhost:${address.port}`;
  return {
    host,
    deliveries,
    url: (path) => `https://${host}${path}`,
    arrival: async (path, signal) => {
      for (;;) {
        const found = deliveries.find((each) => each.path === path);
        if (found !== undefined) return found;
        await once(arrivals, "delivery", { signal });
      }
    },
    serveWith: ({ key, cert }) => server.setSecureContext({ key, cert }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function receive(request: IncomingMessage): Promise<Delivery> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  return { path: request.url ?? "", id: headers["webhook-id"] ?? "", headers, text };
}
