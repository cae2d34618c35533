// Copies exactly what a deployment would upload into a folder: what `.funcignore` leaves of the app folder. No
// node_modules, no sources, no local settings. Builds nothing.

import { cp, readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { readFuncignore } from "./deployed-files.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

export interface PackOptions {
  readonly outFolder: string;
  /** Default: this repository, built before. */
  readonly appFolder?: string;
}

/** Returns the copied paths, relative to the app folder, sorted. */
export async function packApp({
  outFolder,
  appFolder = repository,
}: PackOptions): Promise<string[]> {
  const isDeployed = readFuncignore(await readFile(join(appFolder, ".funcignore"), "utf8"));
  const packed: string[] = [];
  const entries = await readdir(appFolder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = relative(appFolder, join(entry.parentPath, entry.name)).replaceAll("\\", "/");
    if (entry.isFile() && isDeployed(path)) {
      await cp(join(appFolder, path), join(outFolder, path));
      packed.push(path);
    }
  }
  return packed.sort();
}
