// The storage account of the stand, which can go away and come back at the same address, as in an outage.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Azurite, type AzuriteOptions, startAzurite } from "../azurite.ts";

export interface StandStorage {
  readonly connectionString: string;
  /** From here on connections are refused. What was in memory alone is lost. */
  stop(): Promise<void>;
  /** Comes back at the same address, with the same key. */
  start(): Promise<void>;
}

export interface StandStorageOptions {
  /** Keeps the data in a temporary folder, so that they are there again after `stop` and `start`. */
  readonly outlivesStop: boolean;
}

export async function startStandStorage({
  outlivesStop,
}: StandStorageOptions): Promise<StandStorage & { close(): Promise<void> }> {
  const location = outlivesStop ? await mkdtemp(path.join(tmpdir(), "stand-storage-")) : undefined;
  const inFolder = location === undefined ? {} : { location };
  let azurite = await startAzurite(inFolder);
  const { connectionString } = azurite;
  const again = { ...sameAddress(azurite), ...inFolder };
  const stop = () => azurite.stop();
  return {
    connectionString,
    stop,
    start: async () => {
      azurite = await startAzurite(again);
    },
    close: async () => {
      await stop();
      if (location !== undefined) await rm(location, { recursive: true, force: true });
    },
  };
}

function sameAddress({ connectionString, ...urls }: Azurite): AzuriteOptions {
  const portOf = (url: string) => Number(new URL(url).port);
  const [, accountKey = ""] = /AccountKey=([^;]+)/.exec(connectionString) ?? [];
  return {
    accountKey,
    blobPort: portOf(urls.blobUrl),
    queuePort: portOf(urls.queueUrl),
    tablePort: portOf(urls.tableUrl),
  };
}
