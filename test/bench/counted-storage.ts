// Azurite behind a loopback proxy that counts: one entry for each request that reaches the storage, retries and
// refused ones included. It reads a request only as far as its kind needs, and changes nothing.

import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { startAzurite } from "../../local/azurite.ts";

export type Part = "operations" | "conversations" | "ledger" | "budget" | "queue";

export interface Transaction {
  readonly part: Part;
  /** `read`, `write`, `batch` (one transaction, several rows of one partition) or `message`. */
  readonly kind: "read" | "write" | "batch" | "message";
  /** Seconds that a message stays invisible. */
  readonly visibleAfterS: number;
}

export interface CountedStorage {
  readonly connectionString: string;
  /** Since the last `reset`, in the order they came. */
  readonly transactions: readonly Transaction[];
  reset(): void;
  close(): Promise<void>;
}

export async function startCountedStorage(): Promise<CountedStorage> {
  const azurite = await startAzurite();
  const transactions: Transaction[] = [];
  const count = (method: string, path: string, body: string) =>
    void transactions.push(transactionOf(method, path, body));
  const table = await startProxy(azurite.tableUrl, count);
  const queue = await startProxy(azurite.queueUrl, count);
  const connectionString = azurite.connectionString
    .replace(new URL(azurite.tableUrl).origin, table.url)
    .replace(new URL(azurite.queueUrl).origin, queue.url);
  return {
    connectionString,
    transactions,
    reset: () => {
      transactions.length = 0;
    },
    close: async () => {
      table.close();
      queue.close();
      await azurite.stop();
    },
  };
}

type Count = (method: string, path: string, body: string) => void;

async function startProxy(target: string, count: Count) {
  const server = createServer((incoming, outgoing) => {
    void forward(target, count, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function forward(
  target: string,
  count: Count,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = "GET", headers, url = "/" } = incoming;
  const body = Buffer.concat(await incoming.toArray());
  count(method, decodeURIComponent(url), body.toString("utf8"));
  const sent = request(new URL(url, target), { method, headers });
  sent.end(body);
  const [reply]: IncomingMessage[] = await once(sent, "response");
  const content = Buffer.concat((await reply?.toArray()) ?? []);
  outgoing.writeHead(reply?.statusCode ?? 502, reply?.headers ?? {}).end(content);
}

/** A batch names its table and its partition in the body alone. */
function transactionOf(method: string, path: string, body: string): Transaction {
  const visibleAfterS = Number(/visibilitytimeout=(\d+)/.exec(path)?.[1] ?? 0);
  if (path.includes("/messages")) return { part: "queue", kind: "message", visibleAfterS };
  const kind = path.includes("/$batch") ? "batch" : method === "GET" ? "read" : "write";
  return { part: partOf(kind === "batch" ? body : `${path} ${body}`), kind, visibleAfterS };
}

function partOf(text: string): Part {
  if (text.includes("GenieBudget")) return "budget";
  if (!text.includes("GenieConversations")) return "operations";
  return text.includes("ledger-") ? "ledger" : "conversations";
}
