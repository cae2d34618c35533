// One storage stand for all tests of a file. What its proxies saw, the trouble they play and what was logged are
// forgotten after each test; the rows stay.

import { afterAll, afterEach, beforeAll } from "vitest";
import { type StorageStand, startStorageStand } from "./storage-stand.ts";

/** @returns the stand; to be called inside tests only */
export function useStorageStand(): () => StorageStand {
  let stand: StorageStand | undefined;
  beforeAll(async () => {
    stand = await startStorageStand();
  });
  afterEach(() => {
    stand?.tables.reset();
    stand?.queues.reset();
    stand?.log.splice(0);
  });
  afterAll(async () => {
    await stand?.close();
  });
  return () => {
    if (stand === undefined) throw new Error("the stand is there inside tests only");
    return stand;
  };
}
