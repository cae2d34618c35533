// A file that is there as a whole or not at all.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPartFile, type PartFile } from "../../../../local/ask/part-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "part-file-"));
});
afterEach(() => rm(folder, { recursive: true }));
const at = (name: string) => path.join(folder, name);

async function opened(name: string): Promise<PartFile> {
  const file = await openPartFile(at(name));
  if ("refusal" in file) throw new Error(file.refusal);
  return file;
}

test("what was there stays until the new file is complete", async () => {
  await writeFile(at("a.csv"), "old");
  const file = await opened("a.csv");
  await pipeline(Readable.from(["n", "ew"]), file.createStream());
  expect(await readFile(at("a.csv"), "utf8")).toBe("old");
  await file.complete();
  await file.discard();
  expect(await readdir(folder)).toEqual(["a.csv"]);
  expect(await readFile(at("a.csv"), "utf8")).toBe("new");
});

test("discarded, before and in the middle of writing: nothing is left", async () => {
  await (await opened("a.csv")).discard();
  const file = await opened("a.csv");
  file.createStream().write("half");
  await file.discard();
  await file.discard();
  expect(await readdir(folder)).toEqual([]);
});

test("one writer at a time", async () => {
  const first = await opened("a.csv");
  expect(await openPartFile(at("a.csv"))).toEqual({
    refusal: expect.stringContaining("a.csv.part is there already"),
  });
  await first.discard();
  await (await opened("a.csv")).discard();
});

test.each([
  ["no folder", "none/a.csv", "its folder does not exist"],
  ["a file for a folder", "file/a.csv", "its folder is no folder"],
  ["a folder", "folder", "is no plain file"],
  ["too long a name", `${"x".repeat(300)}.csv`, "its name is too long"],
])("%s is refused and leaves nothing", async (_name, name, reason) => {
  await writeFile(at("file"), "");
  await mkdir(at("folder"));
  expect(await openPartFile(at(name))).toEqual({ refusal: expect.stringContaining(reason) });
  expect((await readdir(folder)).sort()).toEqual(["file", "folder"]);
});
