// The lines of the guides that take a deployment's answers into the shell, taken from the page and run by bash, with
// programs that stand in for `az` and `azd`. A value is text: whatever stands in it, the shell must not run it.

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { verifies } from "../support/verifies.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "genie-answers-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const HOSTILE = "a'b $(touch ran) `touch ran` \"; touch ran #\\'; touch ran\n$HOME";
const ANSWERS = { gatewaY_URL: HOSTILE, tenanT_ID: "t", "keY; touch ran;_NAME": "x" };

function install(program: string, script: string): void {
  writeFileSync(path.join(folder, program), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(folder, program), 0o755);
}

/** What bash has in the variable after these lines. */
function valueAfter(lines: string, name: string): string {
  const searchPath = `${folder}:${path.dirname(process.execPath)}:${process.env.PATH}`;
  const text = execFileSync("bash", ["--norc", "-c", `${lines}\nprintf %s "$${name}"`], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: searchPath, GROUP: "g" },
  });
  expect(existsSync(path.join(folder, "ran"))).toBe(false);
  return text;
}

const FORMS = [
  ["az", /^outputs\(\) \{[\s\S]+?^eval "\$\(outputs\)"/m],
  ["azd", /^for name in [A-Z_ ]+; do printf -v .+done$/m],
] as const;

for (const guide of ["docs/deploy.md", "docs/operations.md"]) {
  for (const [program, form] of FORMS) {
    verifies("infra.deploy-guide", `${guide}: answers read by ${program} are only text`, () => {
      writeFileSync(path.join(folder, "answers.json"), outputsOf(ANSWERS));
      writeFileSync(path.join(folder, "hostile"), HOSTILE);
      install("az", "cat answers.json");
      install("azd", '[ "$3" = GATEWAY_URL ] && cat hostile || printf t');
      const [lines = ""] = form.exec(readFileSync(guide, "utf8")) ?? [];
      expect(lines).not.toBe("");
      expect(valueAfter(lines, "GATEWAY_URL")).toBe(HOSTILE);
      expect(valueAfter(lines, "TENANT_ID")).toBe("t");
    });
  }
}

function outputsOf(answers: Record<string, string>): string {
  const entries = Object.entries(answers).map(([name, value]) => [name, { type: "String", value }]);
  return JSON.stringify(Object.fromEntries(entries));
}
