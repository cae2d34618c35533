// Real Azurite behind a proxy for tables and one for queues; adapters made on it are as cold as a new worker's.

import { type Azurite, startAzurite } from "../../../local/azurite.ts";
import { parseKeyText } from "../../../shared/sealing/key-text.ts";
import type { Sealing } from "../../../shared/sealing/sealing.ts";
import { singleKey } from "../../../shared/sealing/sealing-keys.ts";
import { sealingWith } from "../../../shared/sealing/sealing-with.ts";
import {
  createStorageClients,
  type StorageClients,
} from "../../../shared/stores/storage-clients.ts";
import type { Logger } from "../../../shared/telemetry/logger.ts";
import { type StorageProxy, startStorageProxy } from "./storage-proxy.ts";

export interface StorageStand {
  readonly azurite: Azurite;
  readonly tables: StorageProxy;
  readonly queues: StorageProxy;
  /** Goes through the proxies. */
  readonly connectionString: string;
  /** Clients of a worker of its own. */
  newClients(): StorageClients;
  readonly sealing: Sealing;
  /** Everything logged, one line each. */
  readonly log: string[];
  readonly logger: Logger;
  /** Every row of a table as text, straight from the storage. */
  rawRows(table: string): Promise<string>;
  close(): Promise<void>;
}

/** No identity in these tests: the connection string carries the key. */
export const noIdentity = {
  getToken: () => Promise.reject(new Error("a connection string needs no token")),
};

export async function startStorageStand(): Promise<StorageStand> {
  const azurite = await startAzurite();
  const tables = await startStorageProxy(azurite.tableUrl);
  const queues = await startStorageProxy(azurite.queueUrl);
  const account = new URL(azurite.tableUrl).pathname;
  const connectionString = azurite.connectionString
    .replace(azurite.tableUrl, tables.url + account)
    .replace(azurite.queueUrl, queues.url + account);
  const log: string[] = [];
  const record = (event: string, fields = {}) =>
    void log.push(JSON.stringify({ event, ...fields }));
  const newClients = () =>
    createStorageClients({ kind: "connection-string", connectionString }, noIdentity);
  const key = parseKeyText(Buffer.alloc(32, 7).toString("base64"));
  if (key === undefined) throw new Error("the test's own key is none");
  return {
    azurite,
    tables,
    queues,
    connectionString,
    newClients,
    sealing: sealingWith(singleKey(key)),
    log,
    logger: { info: record, warn: record, error: record },
    rawRows: async (name) => {
      const table = await newClients().table(name);
      const rows: unknown[] = [];
      for await (const row of table.listEntities()) rows.push(row);
      return JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? `${value}` : value));
    },
    close: async () => {
      await Promise.all([tables.close(), queues.close()]);
      await azurite.stop();
    },
  };
}
