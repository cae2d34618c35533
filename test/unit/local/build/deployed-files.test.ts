// The reading of .funcignore, on the repository's own file and on the rules it may use.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readFuncignore } from "../../../../local/build/deployed-files.ts";
import { verifies } from "../../../support/verifies.ts";

const own = readFileSync(new URL("../../../../.funcignore", import.meta.url), "utf8");

verifies(
  "repository.deployed-files",
  "nothing but the bundle and its two manifests is left",
  () => {
    const isDeployed = readFuncignore(own);
    const deployed = ["host.json", "package.json", "dist/main.mjs", "dist/chunk-ABC.mjs"];
    const kept = [
      "local.settings.json",
      "local.settings.json.example",
      ".local/stand.json",
      "node_modules/zod/package.json",
      "test/support/functions-host/queue-app/host.json",
      "shared/config/settings.ts",
      "distant/file.ts",
    ];
    expect([...deployed, ...kept].filter(isDeployed)).toEqual(deployed);
  },
);

test("Core Tools, which reads `!` lines first wherever they stand, leaves the same files", () => {
  const lines = own.split("\n").filter((line) => line.startsWith("!"));
  const rest = own.split("\n").filter((line) => !line.startsWith("!"));
  expect(own.trim()).toBe([...rest.filter((line) => line !== ""), ...lines].join("\n"));
});

test("the last matching line decides, and a folder means everything in it", () => {
  const isDeployed = readFuncignore("# comment\n*.map\n/docs/\n!docs/kept.md\nbuild\n");
  const paths = [
    "a.map",
    "x/a.map",
    "docs/a.md",
    "docs/kept.md",
    "x/docs/a",
    "x/build/y",
    "builder",
  ];
  expect(paths.filter(isDeployed)).toEqual(["docs/kept.md", "x/docs/a", "builder"]);
});
