// Copies exactly what a deployment would upload into a folder: what `.funcignore` leaves of the app folder. No
// node_modules, no sources, no local settings. Builds nothing.

import { cp, glob, readFile } from "node:fs/promises";
import { join } from "node:path";
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
  // Skipping these two only saves the walk; .funcignore decides.
  const exclude = (name: string) => /^(?:node_modules|\.git)$/.test(name);
  for await (const entry of glob("**/*", { cwd: appFolder, exclude, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
      .slice(join(appFolder, "/").length)
      .replaceAll("\\", "/");
    if (entry.isFile() && isDeployed(path)) {
      await cp(join(appFolder, path), join(outFolder, path));
      packed.push(path);
    }
  }
  return packed.sort();
}
