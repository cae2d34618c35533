// Keeps the import table of design §5 and the sizes we promise, and shows that each rule can turn red.

import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { violationsIn } from "./support/architecture-rules.ts";

const HEADER = "// What it is.\n";

function violationsOf(files: Record<string, string>): string[] {
  const sources = Object.entries(files).map(([file, source]) => [file, HEADER + source] as const);
  return violationsIn(new Map(sources));
}

test("the repository keeps to its architecture", () => {
  const files = globSync(
    ["functions", "shared", "local", "infra"].map((folder) => `${folder}/**/*.ts`),
  );
  const sources = new Map(
    files.map((file) => [file.replaceAll("\\", "/"), readFileSync(file, "utf8")]),
  );
  expect(sources.has("functions/main.ts")).toBe(true);
  expect(violationsIn(sources)).toEqual([]);
});

describe("a planted violation turns red", () => {
  const planted: [rule: string, file: string, source: string][] = [
    ["a layer upwards", "shared/errors/a.ts", 'import { x } from "../http/x.ts";'],
    ["a layer sideways", "shared/operations/a.ts", 'import { x } from "../databricks/x.ts";'],
    ["several lines", "shared/auth/a.ts", 'import {\n  x,\n} from "../stores/x.ts";'],
    ["a bare import", "shared/stores/a.ts", 'import "../http/x.ts";'],
    ["a re-export", "shared/config/a.ts", 'export { x } from "../app/x.ts";'],
    ["a dynamic import", "shared/outbound/a.ts", 'const x = () => import("../auth/x.ts");'],
    [
      "types where none are allowed",
      "shared/telemetry/a.ts",
      'import type { X } from "../http/x.ts";',
    ],
    ["more than types", "shared/contracts/a.ts", 'import { x } from "../operations/x.ts";'],
    ["an inline type", "shared/http/a.ts", 'import { type X } from "../auth/x.ts";'],
    [
      "a file besides the allowed one",
      "shared/presentation/a.ts",
      'import { x } from "../contracts/answer.ts";',
    ],
    ["another document", "shared/openapi/a.ts", 'import x from "../../docs/x.json";'],
    ["logic in functions", "functions/a.ts", 'import { x } from "../shared/operations/x.ts";'],
    ["the product knows the stand", "shared/app/a.ts", 'import { x } from "../../local/x.ts";'],
    ["the product knows tests", "functions/a.ts", 'import { x } from "../test/x.ts";'],
    ["an unknown folder", "shared/utils/a.ts", "export const x = 1;"],
    ["@azure/functions", "shared/app/a.ts", 'import { app } from "@azure/functions";'],
    [
      "types of @azure/functions",
      "shared/auth/a.ts",
      'import type { HttpRequest } from "@azure/functions";',
    ],
    ["process.env", "shared/app/a.ts", "export const x = process.env.TENANT_ID;"],
    ["node:process", "shared/http/a.ts", 'import { env } from "node:process";'],
    [
      "too many imports",
      "shared/auth/a.ts",
      Array.from({ length: 13 }, (_, i) => `import "./x${i}.ts";`).join("\n"),
    ],
    ["a long file", "local/a.ts", `${"\n".repeat(300)}export const x = 1;`],
    ["a long header", "local/a.ts", "// more\n".repeat(6)],
  ];
  for (const [rule, file, source] of planted) {
    test(rule, () => {
      expect(violationsOf({ [file]: source })).toHaveLength(1);
    });
  }

  test("no header", () => {
    expect(violationsIn(new Map([["local/a.ts", "export const x = 1;\n"]]))).toHaveLength(1);
  });

  const heavy = [
    "zod",
    "jose",
    "@azure/identity",
    "@azure/msal-node",
    "@azure/keyvault-secrets",
    "@microsoft/teams.cards",
  ];
  for (const name of heavy) {
    test(`${name} on the start-up path, two files away`, () => {
      const files = (source: string) => ({
        "functions/main.ts": 'import "./health.ts";',
        "functions/health.ts": 'import { x } from "../shared/http/x.ts";',
        "shared/http/x.ts": source,
      });
      expect(violationsOf(files(`import * as x from "${name}";`))).toHaveLength(1);
      expect(violationsOf(files(`import type { X } from "${name}";`))).toEqual([]);
      expect(violationsOf(files(`const x = () => import("${name}");`))).toEqual([]);
    });
  }

  test("what is allowed stays green", () => {
    const files = {
      "functions/main.ts":
        'import { app } from "@azure/functions";\nimport { x } from "../shared/app/x.ts";',
      "shared/app/x.ts": 'import { a } from "../auth/a.ts";\nimport { b } from "../stores/b.ts";',
      "shared/contracts/a.ts": 'import type { X } from "../operations/x.ts";',
      "shared/openapi/a.ts": 'const x = () => import("../../docs/openapi.json");',
      "shared/presentation/a.ts": 'import { type P, toProblem } from "../contracts/problem.ts";',
      "shared/config/a.ts": "export const x = process.env;",
      "shared/errors/a.ts": '// import { x } from "../http/x.ts";',
      "local/a.ts": 'import { x } from "../shared/config/x.ts";',
    };
    expect(violationsOf(files)).toEqual([]);
  });
});
