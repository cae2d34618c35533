// What the build lays beside the bundle, and how the app finds it again.

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildDocsAssets } from "../../../../local/build/docs-assets.ts";
import { createDocsAssets } from "../../../../shared/openapi/docs-assets.ts";
import { verifies } from "../../../support/verifies.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "docs-assets-"));
  await buildDocsAssets(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = async (key: Parameters<Awaited<ReturnType<typeof names>>>[0]) =>
  readFile(join(folder, (await names())(key)), "utf8");
const names = () => createDocsAssets(folder).names();

verifies("docs.assets", "names carry a hash, and each file is there in three codings", async () => {
  const files = await readdir(folder);
  const plain = files.filter((file) => /-[0-9a-f]{16}\.(js|css|txt)$/.test(file));
  expect(plain).toHaveLength(9);
  const all = plain.flatMap((file) => [file, `${file}.br`, `${file}.gz`]);
  expect(files.toSorted()).toEqual([...all, "manifest.json"].toSorted());
});

verifies("docs.reference", "no file names the host of a logo", async () => {
  expect((await textOf("redoc.standalone.js")).indexOf("cdn.redoc.ly")).toBe(-1);
});

test("no file names a source map, which is not deployed", async () => {
  for (const key of ["swagger-ui-bundle.js", "swagger-ui.css", "redoc.standalone.js"] as const) {
    expect((await textOf(key)).slice(-200)).not.toContain("sourceMappingURL");
  }
});

verifies("docs.licences", "the licences of both packages are one of the files", async () => {
  const text = await textOf("licences.txt");
  for (const name of ["swagger-ui-dist/NOTICE", "swagger-ui-dist/LICENSE", "redoc/LICENSE"]) {
    expect(text).toContain(`===== ${name} =====`);
  }
});

verifies("docs.assets", "only a name of the manifest finds a file", async () => {
  const assets = createDocsAssets(folder);
  const known = (await assets.names())("pages.css");
  expect(await assets.find(known)).toMatchObject({ type: "text/css; charset=utf-8" });
  for (const name of [
    "pages.css",
    "manifest.json",
    `../${known}`,
    `${known}.br`,
    "",
    "__proto__",
  ]) {
    expect(await assets.find(name)).toBeUndefined();
  }
});

test("a folder that is not there yet is looked for again", async () => {
  const later = join(folder, "later");
  const assets = createDocsAssets(later);
  await expect(assets.names()).rejects.toThrow("ENOENT");
  await buildDocsAssets(later);
  expect((await assets.names())("pages.css")).toMatch(/^pages-/);
  await rm(later, { recursive: true });
});
