// The apps that are compared, each built and packed as for a deployment into a temporary folder. It touches
// neither `dist` nor any other file of the repository.

import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Metafile } from "esbuild";
import { buildApp } from "../../local/build/build.ts";
import { packApp } from "../../local/build/pack.ts";

const repository = resolve(import.meta.dirname, "../..");

export interface PackedApp {
  /** With host.json, package.json and the bundle. */
  readonly folder: string;
  /** Size of all files of the bundle that are loaded at start-up. */
  readonly startupKiB: number;
}

export interface PackedApps {
  readonly empty: PackedApp;
  readonly holding: PackedApp;
  readonly streaming: PackedApp;
  readonly gateway: PackedApp;
  /** startup-child.ts as JavaScript. */
  readonly startupChild: string;
  remove(): Promise<void>;
}

export async function createPackedApps(): Promise<PackedApps> {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const child = join(folder, "child");
  await buildApp({ entry: join(import.meta.dirname, "startup-child.ts"), outFolder: child });
  return {
    empty: await pack(join(folder, "empty"), join(import.meta.dirname, "empty-app.ts")),
    holding: await pack(join(folder, "holding"), join(import.meta.dirname, "holding-app.ts")),
    streaming: await pack(join(folder, "streaming"), join(import.meta.dirname, "streaming-app.ts")),
    gateway: await pack(join(folder, "gateway"), join(repository, "functions", "main.ts")),
    startupChild: join(child, "main.mjs"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function pack(folder: string, entry: string): Promise<PackedApp> {
  const built = join(folder, "built");
  const metafile = await buildApp({ entry, outFolder: join(built, "dist") });
  for (const file of ["host.json", "package.json", ".funcignore"]) {
    await cp(join(repository, file), join(built, file));
  }
  const packed = join(folder, "packed");
  await packApp({ appFolder: built, outFolder: packed });
  return { folder: packed, startupKiB: startupBytes(metafile) / 1024 };
}

/** The entry and every chunk that it imports statically, directly or not. */
function startupBytes({ outputs }: Metafile): number {
  const entries = Object.keys(outputs).filter((output) => output.endsWith("/main.mjs"));
  const loaded = new Set(entries);
  // A Set visits what is added while it is walked.
  for (const output of loaded) {
    for (const { path, kind } of outputs[output]?.imports ?? []) {
      if (kind === "import-statement" && path in outputs) loaded.add(path);
    }
  }
  return [...loaded].reduce((sum, output) => sum + (outputs[output]?.bytes ?? 0), 0);
}
