// The commit in the version, and the same bytes for the same commit: with the real build, of the one file that has the version.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, vi } from "vitest";
import { buildApp } from "../../../../local/build/build.ts";
import { readBuildCommit } from "../../../../local/build/build-commit.ts";
import packageFile from "../../../../package.json" with { type: "json" };
import { verifies } from "../../../support/verifies.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

async function build(commit: string) {
  vi.stubEnv("BUILD_COMMIT", commit);
  const outFolder = await mkdtemp(path.join(tmpdir(), "genie-version-"));
  try {
    await buildApp({ entry: path.resolve("shared/app/version.ts"), outFolder });
    const file = path.join(outFolder, "main.mjs");
    const { VERSION } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    return { version: String(VERSION), bytes: await readFile(file) };
  } finally {
    vi.unstubAllEnvs();
    await rm(outFolder, { recursive: true, force: true });
  }
}

verifies("infra.build-version", "with a commit, without, and twice the same", async () => {
  const first = await build(COMMIT);
  expect(first.version).toBe(`${packageFile.version}+0123456789ab`);
  expect((await build(COMMIT)).bytes).toEqual(first.bytes);
  expect((await build("")).version).toBe(packageFile.version);
});

verifies("infra.build-version", "what is no commit stops the build", () => {
  for (const given of ["main", "0123456", `${COMMIT}'`, COMMIT.toUpperCase()]) {
    expect(() => readBuildCommit({ BUILD_COMMIT: given })).toThrow("BUILD_COMMIT");
  }
});
