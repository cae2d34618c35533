// Shows that the secret scan of hooks and CI fires on what it is there for. The samples are put together at run
// time, so that the repository itself stays clean.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "secret-scan-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SECRETLINT = "node_modules/secretlint/bin/secretlint.js";

function scan(content: string) {
  const file = path.join(folder, "sample.txt");
  writeFileSync(file, content);
  const options = ["--secretlintrc", ".secretlintrc.json", "--no-glob", file];
  return spawnSync(process.execPath, [SECRETLINT, ...options], { encoding: "utf8" });
}

const samples: [kind: string, sample: string][] = [
  ["Entra client secret", `abc8Q${"~"}${"x9".repeat(17)}`],
  ["Azure storage account key", `Account${"Key"}=${"k".repeat(86)}==`],
];
for (const [kind, sample] of samples) {
  test(`finds an ${kind} and does not print it`, () => {
    const { status, stdout, stderr } = scan(`first line\nvalue: "${sample}"\n`);
    // secretlint masks the value, and the name of the pattern with it.
    expect(stdout + stderr).toContain("2:8  error  [PATTERN]");
    expect(stdout + stderr).not.toContain(sample);
    expect(status).toBe(1);
  });
}

test("finds a Databricks personal access token", () => {
  expect(scan(`token: ${"dapi"}${"0123456789abcdef".repeat(2)}\n`).status).toBe(1);
});

test("leaves ordinary text alone", () => {
  const { status, stdout, stderr } = scan("AccountKey=<your key>\nCLIENT_SECRET=\n");
  expect(stdout + stderr).toBe("");
  expect(status).toBe(0);
});
