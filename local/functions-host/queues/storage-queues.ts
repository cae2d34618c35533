// Opens queues of a storage connection as the queue extension does: a connection string, or identity-based
// settings. Encoding of messages is not its business.

import type { QueueServiceClient } from "@azure/storage-queue";
import { type AppSettings, connectionSetting } from "../app-settings.ts";

export type OpenQueues = (connection: string) => Promise<QueueServiceClient>;

/** One client per connection name. Rejects, naming the setting, when it is missing. */
export function createOpenQueues(settings: AppSettings): OpenQueues {
  const clients = new Map<string, Promise<QueueServiceClient>>();
  return (connection) => {
    const client = clients.get(connection) ?? connect(connection, settings);
    clients.set(connection, client);
    return client;
  };
}

async function connect(connection: string, settings: AppSettings): Promise<QueueServiceClient> {
  // On first use: an app without queues starts 0.2 s sooner.
  const { QueueServiceClient: Client } = await import("@azure/storage-queue");
  const text = connectionSetting(connection, settings);
  if (text !== undefined) {
    return Client.fromConnectionString(text);
  }
  const account = connectionSetting(`${connection}__accountName`, settings);
  const url =
    connectionSetting(`${connection}__queueServiceUri`, settings) ??
    (account && `https://${account}.queue.core.windows.net`);
  if (url === undefined) {
    throw new Error(
      `The storage connection '${connection}' is not set: give it a connection string or '${connection}__accountName'`,
    );
  }
  const { DefaultAzureCredential } = await import("@azure/identity");
  return new Client(url, new DefaultAzureCredential());
}
