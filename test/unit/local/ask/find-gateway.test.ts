// Where the client finds the gateway: the stand's file, or the environment.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findGateway } from "../../../../local/ask/find-gateway.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
let folder: string;
let standFile: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ask-"));
  standFile = path.join(folder, "stand.json");
});
afterEach(() => rm(folder, { recursive: true }));

async function aStandFile(overrides: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const facts = {
    baseUrl: "http://127.0.0.1:7071/",
    caCertificate: "ca.pem",
    tokens: { analyst: "t-analyst", "no-space": "t-no-space", app: "t-app" },
    functionKey: "key",
    tokensExpireAt: "2026-11-23T11:00:00Z",
    ...overrides,
  };
  await writeFile(standFile, JSON.stringify(facts));
}
const find = (as: Parameters<typeof findGateway>[0], environment = {}) =>
  findGateway(as, { environment, standFile, now: NOW });

const token = (text: string) => ({ kind: "token", token: text });

test("the stand's token of each caller", async () => {
  await aStandFile();
  const baseUrl = "http://127.0.0.1:7071";
  expect(await find("user")).toEqual({ baseUrl, credential: token("t-analyst") });
  expect(await find("no-space")).toEqual({ baseUrl, credential: token("t-no-space") });
  expect(await find("app")).toEqual({ baseUrl, credential: token("t-app") });
  expect(await find("no-warehouse")).toEqual({
    missing: "The stand has no token for no-warehouse.",
  });
});

test("the stand's key instead of the app's token where the app endpoint asks for it", async () => {
  await aStandFile({ appEndpointAuth: "function-key" });
  expect(await find("app")).toMatchObject({ credential: { kind: "function-key", key: "key" } });
  expect(await find("user")).toMatchObject({ credential: token("t-analyst") });
  await aStandFile({ appEndpointAuth: "entra" });
  expect(await find("app")).toMatchObject({ credential: token("t-app") });
});

test("without a stand it says how to start one", async () => {
  expect(await find("user")).toMatchObject({ missing: expect.stringContaining("npm start") });
});

test.each([
  ["garbage", "{"],
  ["another shape", "[]"],
])("a stand file with %s names npm start", async (_name, text) => {
  await writeFile(standFile, text);
  expect(await find("user")).toMatchObject({ missing: expect.stringContaining("npm start") });
});

test("expired tokens are said to be expired", async () => {
  await aStandFile({ tokensExpireAt: "2026-11-23T10:00:00Z" });
  expect(await find("user")).toMatchObject({ missing: expect.stringContaining("expired") });
});

test("the environment wins over the stand", async () => {
  await aStandFile();
  const environment = {
    GENIE_GATEWAY_URL: "https://gateway.example/x/",
    GENIE_GATEWAY_TOKEN: " t\n",
  };
  expect(await find("app", environment)).toEqual({
    baseUrl: "https://gateway.example/x",
    credential: token("t"),
  });
  const withKey = { ...environment, GENIE_GATEWAY_KEY: " k\n" };
  expect(await find("app", withKey)).toMatchObject({
    credential: { kind: "function-key", key: "k" },
  });
  expect(await find("user", withKey)).toMatchObject({ credential: token("t") });
  expect(await find("no-space", environment)).toHaveProperty("missing");
});

test.each([
  [{ GENIE_GATEWAY_URL: "ftp://x", GENIE_GATEWAY_TOKEN: "t" }],
  [{ GENIE_GATEWAY_URL: "gateway", GENIE_GATEWAY_TOKEN: "t" }],
  [{ GENIE_GATEWAY_URL: "https://x" }],
  [{ GENIE_GATEWAY_URL: "https://x", GENIE_GATEWAY_TOKEN: "a b" }],
  [{ GENIE_GATEWAY_URL: "https://x", GENIE_GATEWAY_KEY: "only the app has one" }],
])("a wrong environment %j is named, never shown", async (environment) => {
  expect(await find("user", environment)).toMatchObject({
    missing: expect.stringMatching(/^GENIE_GATEWAY_(?:URL|TOKEN) must/),
  });
});
