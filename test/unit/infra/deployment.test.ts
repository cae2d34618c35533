// How code gets to Azure: the archive, azd's file and the workflow, read as YAML. GitHub, azd and Azure are not here, so that they
// work is not shown; that they ask for no secret and deploy what was tested, is.

import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { missingVariables, setupArguments } from "../../../infra/azd/hook-calls.ts";
import { ENVIRONMENT, NEEDED_VARIABLES } from "../../../infra/check/parameter-faults.ts";
import { zip } from "../../../local/build/zip.ts";
import { verifies } from "../../support/verifies.ts";
import { workflowFaults } from "../../support/workflow-rules.ts";

const WORKFLOW = readFileSync(".github/workflows/deploy.yml", "utf8");

verifies("infra.workflow", "the committed workflow keeps every rule", () => {
  expect(workflowFaults(WORKFLOW)).toEqual([]);
});

describe("a planted fault in the workflow is seen", () => {
  const faults: [name: string, from: string | RegExp, to: string][] = [
    ["a secret", "${{ vars.AZURE_CLIENT_ID }}", "${{ secrets.AZURE_CLIENT_ID }}"],
    ["credentials", "client-id:", "creds:"],
    ["an action by its tag", /actions\/checkout@[0-9a-f]+/, "actions/checkout@v7"],
    ["rights for all", "  contents: read", "  contents: write"],
    ["no token", "id-token: write", "id-token: none"],
    [
      "a token in the job that runs the tests",
      "    timeout-minutes: 60",
      "    permissions: { id-token: write }",
    ],
    ["untested", "      - run: npm test\n", ""],
    ["not asked", "/health/ready", "/health"],
    ["packed without its commit", "${{ github.sha }}", "${{ github.ref }}"],
    ["another package", "--src package.zip", "--src other.zip"],
    ["deploys without a test", "    needs: package\n", ""],
    ["text of others in a script", '--name "$APP"', "--name ${{ github.head_ref }}"],
    ["pull requests of anybody", "  workflow_dispatch:", "  pull_request_target:"],
  ];
  test.each(faults)("%s", (_name, from, to) => {
    const planted = WORKFLOW.replace(from, () => to);
    expect(planted).not.toBe(WORKFLOW);
    expect(workflowFaults(planted)).not.toEqual([]);
  });
});

verifies("infra.azd", "azd takes the packed folder and builds nothing itself", () => {
  const { infra, services, workflows } = parse(readFileSync("azure.yaml", "utf8"));
  expect(infra).toEqual({ provider: "bicep", path: "infra", module: "main" });
  const { gateway } = services;
  expect(gateway).toMatchObject({
    host: "function",
    language: "custom",
    dist: ".local/package",
    remoteBuild: false,
  });
  for (const system of ["posix", "windows"]) {
    const { run } = gateway.hooks.prepackage[system];
    expect(run).toMatch(/BUILD_COMMIT.*git rev-parse HEAD.*; npm ci && npm run pack$/);
  }
  // Side by side, the hooks of both would run `npm ci` in one folder.
  expect(workflows.up.steps).toEqual([{ azd: "provision" }, { azd: "deploy --all" }]);
  // azd finds the app by this tag.
  expect(readFileSync("infra/modules/function-app.bicep", "utf8")).toContain(
    `'azd-service-name': '${Object.keys(services)[0]}'`,
  );
});

const DEPLOYED = {
  TENANT_ID: "t",
  GENIE_CLIENT_ID: "c",
  GATEWAY_URL: "https://g",
  KEY_VAULT_NAME: "kv",
};

verifies("infra.azd-hooks", "what is missing is named with its command", () => {
  expect(missingVariables({}).map((line) => line.split(" ")[3])).toEqual([
    "GENIE_CLIENT_ID",
    "GENIE_WORKSPACE_URL",
    "GENIE_CLIENT_CREDENTIAL",
    "GENIE_ALLOWED_CLIENT_IDS",
    "GENIE_PRIVATE_NETWORK",
    "GENIE_ALERT_EMAIL",
    "GENIE_SPACE_ID",
  ]);
  const all = ENVIRONMENT;
  expect(missingVariables(all)).toEqual([]);
  expect(missingVariables({ ...all, GENIE_CLIENT_ID: " " })).toHaveLength(1);
  const based = (base: string) => missingVariables({ ...all, GENIE_PUBLIC_BASE_URL: base });
  expect(based("https://api.example.com/genie/")).toEqual([]);
  expect(based("http://api.example.com")).toEqual([
    expect.stringContaining("GENIE_PUBLIC_BASE_URL …   (an https address"),
  ]);
});

verifies("infra.azd-hooks", "everything without a default is asked for", () => {
  const byAzd = ["AZURE_ENV_NAME", "AZURE_LOCATION"]; // it asks for these itself
  const asked = missingVariables({}).map((line) => line.split(" ")[3]);
  const needed = Object.keys(NEEDED_VARIABLES).filter((name) => !byAzd.includes(name));
  expect(asked.toSorted()).toEqual([...needed, "GENIE_SPACE_ID"].toSorted());
});

verifies("infra.azd-hooks", "the registration script gets what the deployment answered", () => {
  const common = "--tenant-id t --client-id c --base-url https://g --vault kv";
  expect(setupArguments(DEPLOYED).join(" ")).toBe(`${common} --credential secret`);
  const secretless = { ...DEPLOYED, GENIE_CLIENT_CREDENTIAL: "managed-identity" };
  expect(() => setupArguments(secretless)).toThrow("IDENTITY_PRINCIPAL_ID");
  expect(setupArguments({ ...secretless, IDENTITY_PRINCIPAL_ID: "p" }).join(" ")).toBe(
    `${common} --credential managed-identity --identity-principal-id p`,
  );
});

const outputs = Object.keys(JSON.parse(readFileSync("infra/golden/main.json", "utf8")).outputs);

verifies("infra.outputs", "whatever the guides use is an output, or set on the page", () => {
  const pages = ["docs/deploy.md", "docs/operations.md"].map((file) => readFileSync(file, "utf8"));
  const used = pages.flatMap((page) => {
    const set = [...page.matchAll(/\b([A-Z][A-Z_]+)=/g)].map(([, name]) => name);
    const names = [...page.matchAll(/\$\{?([A-Z][A-Z_]+)/g)].map(([, name = ""]) => name);
    const answers = /^for name in ([A-Z_ ]+); do printf -v/m.exec(page)?.[1]?.split(" ") ?? [];
    return [...answers, ...names.filter((name) => !set.includes(name))];
  });
  expect(used).toContain("TENANT_ID");
  const exported = ["GENIE_CLIENT_ID", "GENIE_WORKSPACE_URL", "GENIE_SPACE_ID"]; // in deploy.md
  expect(used.filter((name) => ![...outputs, ...exported].includes(name))).toEqual([]);
});

verifies("infra.azd-hooks", "each answer that they need is an output of the template", () => {
  const needed = [...Object.keys(DEPLOYED), "IDENTITY_PRINCIPAL_ID"];
  expect(needed.filter((name) => !outputs.includes(name))).toEqual(["GENIE_CLIENT_ID"]); // given, not made
});

verifies(
  "infra.parameters-documented",
  "variables of main.bicepparam and rows of the table",
  () => {
    const parameters = readFileSync("infra/main.bicepparam", "utf8");
    const read = [...parameters.matchAll(/readEnvironmentVariable\('([A-Z_]+)'/g)].map((m) => m[1]);
    const readme = readFileSync("infra/README.md", "utf8");
    const told = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((m) => m[1]);
    expect(told.toSorted()).toEqual(read.toSorted());
    const needed = [...readme.matchAll(/^\| `([A-Z_]+)` \| needed/gm)].map((m) => m[1]);
    const spaces = ["GENIE_SPACE_ID", "GENIE_SPACES"]; // one of the two
    expect(needed.toSorted()).toEqual([...Object.keys(NEEDED_VARIABLES), ...spaces].toSorted());
  },
);

const FILES = [
  { path: "host.json", content: Buffer.from('{"version":"2.0"}') },
  { path: "dist/großes.mjs", content: Buffer.alloc(100_000, "x") },
  { path: "empty", content: Buffer.alloc(0) },
];

verifies("infra.package", "what is in it comes out byte for byte, and twice the same", () => {
  const archive = zip(FILES);
  expect(unzip(archive)).toEqual(FILES);
  expect(zip(FILES)).toEqual(archive);
  expect(archive.length).toBeLessThan(2_000);
});

/** By the directory at the end, as every program reads it. */
function unzip(archive: Buffer): { path: string; content: Buffer }[] {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06"));
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    expect(archive.toString("latin1", at, at + 4)).toBe("PK\x01\x02");
    const nameLength = archive.readUInt16LE(at + 28);
    const file = archive.readUInt32LE(at + 42);
    const path = archive.toString("utf8", at + 46, at + 46 + nameLength);
    expect(archive.toString("utf8", file + 30, file + 30 + nameLength)).toBe(path);
    const start = file + 30 + nameLength + archive.readUInt16LE(file + 28);
    const content = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(at + 20)));
    at += 46 + nameLength;
    return { path, content };
  });
}
