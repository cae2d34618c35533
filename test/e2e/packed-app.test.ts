// What would be deployed, in a folder without node_modules: it holds what it should, starts, registers every
// function of the contracts and answers, whatever the settings.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, inject } from "vitest";
import { startFunctionsHost } from "../../local/functions-host/start-functions-host.ts";
import * as contracts from "../../shared/contracts/routes.ts";
import { writeTestLog } from "../support/stand-fixture.ts";
import { verifies } from "../support/verifies.ts";

const minimal = {
  TENANT_ID: "00000000-0000-4000-8000-000000000001",
  CLIENT_ID: "00000000-0000-4000-8000-000000000002",
  CLIENT_CREDENTIAL: "secret",
  CLIENT_SECRET: "only-for-this-test",
  SEALING_KEY: Buffer.alloc(32, 1).toString("base64"),
  GENIE__WORKSPACE_URL: "https://adb-1.azuredatabricks.net",
  GENIE__SPACE_ID: "01f0a1b2c3d41e5f9a8b7c6d5e4f3a2b",
  AzureWebJobsStorage: "UseDevelopmentStorage=true",
};

/** What queues and the clock start. */
const BACKGROUND = [
  "deliver-callback",
  "deliver-callback-poison",
  "poll-genie-message",
  "poll-genie-message-poison",
  "sweep-operations",
];

function expectedFunctions(queryAppLevel: "anonymous" | "function") {
  const overHttp = Object.values(contracts).map(({ name, method, path }) => ({
    name,
    route: path,
    methods: [method],
    authLevel: name === "query-app" ? queryAppLevel : "anonymous",
  }));
  const background = BACKGROUND.map((name) => ({
    name,
    route: "",
    methods: [],
    authLevel: "anonymous",
  }));
  return [...overHttp, ...background].sort((a, b) => (a.name < b.name ? -1 : 1));
}

let log = "";
const onOutput = (text: string) => {
  log += text;
};
afterAll(() => writeTestLog("packed-app", log));

const start = (env: Record<string, string>) =>
  startFunctionsHost({ appFolder: inject("packedApp"), env, onOutput });

const cases = [
  { env: minimal, level: "anonymous" },
  { env: { ...minimal, APP_ENDPOINT_AUTH: "function-key" }, level: "function" },
  { env: { ...minimal, APP_ENDPOINT_AUTH: "entar" }, level: "function" },
] as const;

for (const { env, level } of cases) {
  const mode = "APP_ENDPOINT_AUTH" in env ? env.APP_ENDPOINT_AUTH : "unset";
  verifies(
    "repository.packed-app",
    `registers every function, APP_ENDPOINT_AUTH ${mode}`,
    async () => {
      const host = await start(env);
      expect(host.functions, host.output()).toEqual(expectedFunctions(level));
      const health = await fetch(`${host.url}/health`);
      expect(health.status).toBe(200);
      expect(await health.json()).toMatchObject({ status: "healthy" });
      await host.stop();
    },
  );
}

verifies(
  "repository.never-zero-functions",
  "starts and is healthy without any setting",
  async () => {
    const host = await start({});
    expect(host.functions, host.output()).toEqual(expectedFunctions("anonymous"));
    expect((await fetch(`${host.url}/health`)).status).toBe(200);
    await host.stop();
  },
);

verifies(
  "repository.deployed-files",
  "the package holds host.json, package.json, the bundle and the assets of the pages",
  async () => {
    const packed = await readdir(inject("packedApp"), { recursive: true });
    const asset = /^dist[\\/]docs[\\/][\w.-]+-[0-9a-f]{16}\.(js|css|txt)(\.br|\.gz)?$/;
    const others = packed.filter(
      (file) => !/^dist[\\/][\w-]+\.mjs$/.test(file) && !asset.test(file),
    );
    expect(others.sort()).toEqual([
      "dist",
      join("dist", "docs"),
      join("dist", "docs", "manifest.json"),
      "host.json",
      "package.json",
    ]);
    expect(packed).toContain("dist/main.mjs");
  },
);
