// One Azurite for all stands of a test run, because each of its own costs a second and 110 MB. Every stand gets a
// storage account of its own, so that no stand sees the queues of another: their sealing keys differ.

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startAzurite } from "../../local/azurite.ts";

export interface SharedStorage {
  readonly connectionStrings: readonly string[];
  /** Holds a folder for each account that is taken. */
  readonly takenFolder: string;
}

declare module "vitest" {
  interface ProvidedContext {
    sharedStorage: SharedStorage;
  }
}

/** Far more than there are stands; in watch mode each run takes new ones. */
const ACCOUNTS = 300;

export async function startSharedStorage(project: TestProject): Promise<() => Promise<void>> {
  const moreAccounts = Array.from({ length: ACCOUNTS }, (_, index) => `stand${index}`);
  const azurite = await startAzurite({ moreAccounts });
  const takenFolder = await mkdtemp(join(tmpdir(), "storage-accounts-"));
  const connectionStrings = azurite.moreConnectionStrings;
  project.provide("sharedStorage", { connectionStrings, takenFolder });
  return async () => {
    await azurite.stop();
    await rm(takenFolder, { recursive: true, force: true });
  };
}

/** Connection string of an account that nobody else has, in whatever process. @throws Error when all are taken */
export async function takeStorageAccount(shared: SharedStorage): Promise<string> {
  for (const [index, connectionString] of shared.connectionStrings.entries()) {
    if (await isFirst(join(shared.takenFolder, String(index)))) return connectionString;
  }
  throw new Error("All storage accounts of this test run are taken");
}

/** Making a folder succeeds once only, whichever process comes first. */
async function isFirst(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    () => false,
  );
}
