// Once for the whole project of end-to-end tests: builds and packs the app into a folder of its own, exactly what a
// deployment would upload. It touches neither `dist` nor any other file of the repository. Beside it the storage.

import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { buildApp } from "../../local/build/build.ts";
import { packApp } from "../../local/build/pack.ts";
import { startSharedStorage } from "./shared-storage.ts";

const repository = resolve(import.meta.dirname, "../..");

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the packed app. */
    packedApp: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "packed-app-"));
  const built = join(folder, "built");
  await buildApp({ outFolder: join(built, "dist") });
  for (const file of ["host.json", "package.json", ".funcignore"]) {
    await cp(join(repository, file), join(built, file));
  }
  const packed = join(folder, "packed");
  await packApp({ appFolder: built, outFolder: packed });
  project.provide("packedApp", packed);
  const stopStorage = await startSharedStorage(project);
  return async () => {
    await stopStorage();
    await rm(folder, { recursive: true, force: true });
  };
}
