// The check that the start-up path stays light, on real esbuild output of small sources.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildApp } from "../../../../local/build/build.ts";
import { packagesAtStartup } from "../../../../local/build/startup-imports.ts";
import { verifies } from "../../../support/verifies.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "startup-imports-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function build(source: string) {
  const entry = join(folder, "app.ts");
  await writeFile(entry, source);
  return await buildApp({ entry, outFolder: join(folder, "dist") });
}

const modules = resolve(import.meta.dirname, "../../../../node_modules");
const jose = JSON.stringify(join(modules, "jose/dist/webapi/index.js"));

verifies(
  "repository.startup-imports",
  "a heavy library on the start-up path fails the build",
  async () => {
    await expect(build(`import { errors } from ${jose}; console.log(errors);`)).rejects.toThrow(
      /Loaded at start-up.*jose/,
    );
  },
);

verifies("repository.startup-imports", "behind import() it does not count", async () => {
  const metafile = await build(`export const later = () => import(${jose});`);
  expect(packagesAtStartup(metafile, "main.mjs")).toEqual([]);
});

verifies(
  "repository.startup-imports",
  "the gateway itself loads only the Functions library",
  async () => {
    const metafile = await buildApp({ outFolder: join(folder, "dist") });
    const allowed = ["@azure/functions", "@azure/functions-extensions-base", "cookie"];
    const loaded = packagesAtStartup(metafile, "main.mjs");
    expect(loaded).toContain("@azure/functions");
    expect(loaded.filter((name) => !allowed.includes(name))).toEqual([]);
  },
);

test("an entry that is not there is an error", () => {
  expect(() => packagesAtStartup({ inputs: {}, outputs: {} }, "main.mjs")).toThrow(/main\.mjs/);
});
