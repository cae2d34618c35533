// Before a test run: takes away what an earlier run of the same tests wrote down, so that the check after the tests
// judges the code of today, and the compiled code of packages that are gone. It touches nothing else.

import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";

export async function setup({ config: { env } }: TestProject): Promise<void> {
  const { RECORD_EXCHANGES: exchanges, NODE_COMPILE_CACHE: compiled } = env;
  if (typeof exchanges !== "string") throw new Error("These tests set no RECORD_EXCHANGES");
  for (const folder of [exchanges, compiled]) {
    if (typeof folder === "string") await rm(folder, { recursive: true, force: true });
  }
}
