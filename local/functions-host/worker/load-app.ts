// Loads the entry files of an app folder by the rule of the real worker (`src/startApp.ts`): `main` of
// package.json is a glob, each match is imported. Never ends the process: a faulty app has zero functions.

import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Throws the reason when the app cannot be loaded; nothing it registered before may then be used. */
export async function loadApp(appFolder: string): Promise<void> {
  const pattern = await entryPattern(appFolder);
  try {
    for (const file of await matchingFiles(pattern, appFolder)) {
      await import(pathToFileURL(join(appFolder, file)).href);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Worker was unable to load entry point "${pattern}": ${reason}`, {
      cause: error,
    });
  }
}

async function entryPattern(appFolder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(appFolder, "package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "main" in manifest) {
    const { main } = manifest;
    if (typeof main === "string" && main !== "") {
      return main;
    }
  }
  throw new Error('package.json has no "main": the worker does not know which files to load');
}

async function matchingFiles(pattern: string, cwd: string): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd })) {
    files.push(file);
  }
  if (files.length === 0) {
    throw new Error("Found zero files matching the supplied pattern");
  }
  return files.sort();
}
