// `npm run pack`: builds the app and puts exactly what is deployed into .local/package and .local/package.zip. The local stand
// runs that folder too, and every way of deploying takes it from there. It deploys nothing.

import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { buildApp } from "./build.ts";
import { packApp } from "./pack.ts";
import { zip } from "./zip.ts";

const local = path.resolve(import.meta.dirname, "../../.local");
const folder = path.join(local, "package");

/** Returns the folder of the packed app. */
export async function buildPackage(): Promise<{ folder: string; files: readonly string[] }> {
  await buildApp();
  await rm(folder, { recursive: true, force: true });
  return { folder, files: await packApp({ outFolder: folder }) };
}

if (import.meta.main) {
  const { files } = await buildPackage();
  const entries = files.map(async (file) => ({
    path: file,
    content: await readFile(path.join(folder, file)),
  }));
  const archive = zip(await Promise.all(entries));
  await writeFile(path.join(local, "package.zip"), archive);
  const size = Math.round(archive.length / 1024);
  console.info(`.local/package and .local/package.zip: ${files.length} files, ${size} KiB zipped`);
}
