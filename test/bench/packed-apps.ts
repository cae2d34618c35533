// The two apps that are compared, each built and packed as for a deployment into a temporary folder. It touches
// neither `dist` nor any other file of the repository.

import { cp, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildApp } from "../../local/build/build.ts";
import { packApp } from "../../local/build/pack.ts";

const repository = resolve(import.meta.dirname, "../..");

export interface PackedApps {
  /** Folders with host.json, package.json and the bundle. */
  readonly empty: string;
  readonly gateway: string;
  /** startup-child.ts as JavaScript. */
  readonly startupChild: string;
  remove(): Promise<void>;
}

export async function createPackedApps(): Promise<PackedApps> {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const childFolder = join(folder, "child");
  await buildApp({ entry: join(import.meta.dirname, "startup-child.ts"), outFolder: childFolder });
  return {
    empty: await pack(join(folder, "empty"), join(import.meta.dirname, "empty-app.ts")),
    gateway: await pack(join(folder, "gateway"), join(repository, "functions", "main.ts")),
    startupChild: entryOf(childFolder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Where buildApp puts the entry. */
export function entryOf(outFolder: string): string {
  return join(outFolder, "main.mjs");
}

/** Size of the file that is loaded at start-up. */
export async function entryKiB(appFolder: string): Promise<number> {
  const { size } = await stat(entryOf(join(appFolder, "dist")));
  return size / 1024;
}

async function pack(folder: string, entry: string): Promise<string> {
  const built = join(folder, "built");
  await buildApp({ entry, outFolder: join(built, "dist") });
  for (const file of ["host.json", "package.json", ".funcignore"]) {
    await cp(join(repository, file), join(built, file));
  }
  const packed = join(folder, "packed");
  await packApp({ appFolder: built, outFolder: packed });
  return packed;
}
