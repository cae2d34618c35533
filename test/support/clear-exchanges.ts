// Before a test run: takes away what an earlier run of the same tests wrote down, so that the check after the tests
// judges the code of today. It touches the folder of these tests alone.

import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";

export async function setup(project: TestProject): Promise<void> {
  const folder = project.config.env.RECORD_EXCHANGES;
  if (typeof folder !== "string") throw new Error("These tests set no RECORD_EXCHANGES");
  await rm(folder, { recursive: true, force: true });
}
