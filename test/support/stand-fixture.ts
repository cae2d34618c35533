// One stand for all tests of a file: the packed app in the development host, with the simulators around it.
// What the host printed is written to the folder that the log check reads, whatever the tests did.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { type Stand, type StandOptions, startStand } from "../../local/stand/start-stand.ts";
import { TEST_LOG_FOLDER } from "./secret-markers.ts";

/** An answer takes 240–380 ms instead of 12–19 s. */
const SCALE = 0.02;

type FixtureOptions = Omit<StandOptions, "appFolder" | "onOutput">;

/**
 * Starts a stand before the tests of this file and stops it after them.
 *
 * @param name of the log file
 * @returns the stand; to be called inside tests only
 */
export function useStand(name: string, options: FixtureOptions = {}): () => Stand {
  let stand: Stand | undefined;
  let log = "";
  beforeAll(async () => {
    stand = await startStand({
      appFolder: inject("packedApp"),
      timings: { scale: SCALE },
      questionsPerMinute: 0,
      ...options,
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

/** Keeps what a host printed for the log check of .ci/run. */
export async function writeTestLog(name: string, text: string): Promise<void> {
  await mkdir(TEST_LOG_FOLDER, { recursive: true });
  await writeFile(join(TEST_LOG_FOLDER, `${name}.log`), text);
}
