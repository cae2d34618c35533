// One stand for all tests of a file: the packed app in the development host, with the simulators around it.
// What the host printed is written to the folder that the log check reads, whatever the tests did.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { type Stand, type StandOptions, startStand } from "../../local/stand/start-stand.ts";
import { takeStorageAccount } from "../e2e/shared-storage.ts";
import { TEST_LOG_FOLDER } from "./secret-markers.ts";

/** An answer takes 240–380 ms instead of 12–19 s. */
const SCALE = 0.02;

/** Tests ask more than a workspace allows in a minute. */
const NO_BUDGET = { GENIE__QUESTIONS_PER_MINUTE: "0" };

type FixtureOptions = Omit<StandOptions, "appFolder" | "onOutput">;

/**
 * Starts a stand before the tests of this file and stops it after them. It has a storage account of its own in the
 * Azurite of the test run; one that is to be stopped and started comes with `withStorage`.
 *
 * @param name of the log file
 * @returns the stand; to be called inside tests only
 */
export function useStand(name: string, options: FixtureOptions = {}): () => Stand {
  let stand: Stand | undefined;
  let log = "";
  beforeAll(async () => {
    const settings = { ...NO_BUDGET, ...(await sharedStorage(options)), ...options.settings };
    stand = await startStand({
      appFolder: inject("packedApp"),
      timings: { scale: SCALE },
      questionsPerMinute: 0,
      ...options,
      settings,
      onOutput: (text) => {
        log += text;
      },
    });
  });
  afterAll(async () => {
    await stand?.close();
    await writeTestLog(name, log);
  });
  return () => {
    if (stand === undefined) throw new Error("the stand is there inside tests only");
    return stand;
  };
}

async function sharedStorage({ withStorage }: FixtureOptions): Promise<Record<string, string>> {
  if (withStorage === true) return {};
  return { AzureWebJobsStorage: await takeStorageAccount(inject("sharedStorage")) };
}

/** Keeps what a host printed for the log check of .ci/run. */
export async function writeTestLog(name: string, text: string): Promise<void> {
  await mkdir(TEST_LOG_FOLDER, { recursive: true });
  await writeFile(join(TEST_LOG_FOLDER, `${name}.log`), text);
}
