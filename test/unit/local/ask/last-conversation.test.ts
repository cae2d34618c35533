// What `--follow-up` remembers, and what it does not.

import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { createLastConversation, type Place } from "../../../../local/ask/last-conversation.ts";
import { verifies } from "../../../support/verifies.ts";

const ID = "01f185d9e6a91f3ca0b1c2d3e4f50617";
const OTHER_ID = "11f185d9e6a91f3ca0b1c2d3e4f50617";
let folder: string;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), "last-")), "ask");
});
afterEach(() => rm(path.dirname(folder), { recursive: true }));

const tokenOf = (oid: string, unique = "") => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part({ tid: "t", oid, unique })}.c2ln`;
};
const at = (baseUrl: string, token = "no-jwt") =>
  ({ baseUrl, credential: { kind: "token", token } }) as const;
const HERE: Place = { gateway: at("http://127.0.0.1:1"), as: "user", space: "default" };
const last = (overrides: Partial<Place> = {}) =>
  createLastConversation(folder, { ...HERE, ...overrides });

verifies("local.ask-follow-up", "an id alone is kept, for its owner's eyes only", async () => {
  await last().keep(ID);
  await last().keep(OTHER_ID);
  const files = await readdir(folder);
  expect(files).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  const file = path.join(folder, files[0] ?? "");
  expect(await readFile(file, "utf8")).toBe(`${OTHER_ID}\n`);
  if (process.platform !== "win32") expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await last().read()).toBe(OTHER_ID);
});

verifies("local.ask-follow-up", "another gateway, caller or space has its own", async () => {
  const others: Partial<Place>[] = [
    { gateway: at("http://127.0.0.1:2") },
    { as: "app" },
    { space: "sales" },
    { gateway: at("http://127.0.0.1:1", tokenOf("ann")) },
    { gateway: at("http://127.0.0.1:1", tokenOf("bob")) },
    { gateway: { baseUrl: "http://127.0.0.1:1", credential: { kind: "function-key", key: "k" } } },
  ];
  for (const [index, other] of others.entries()) {
    expect(await last(other).read()).toBeNull();
    await last(other).keep(`${index}${ID.slice(1)}`);
  }
  for (const [index, other] of others.entries()) {
    expect(await last(other).read()).toBe(`${index}${ID.slice(1)}`);
  }
  expect(await last().read()).toBeNull();
});

verifies(
  "local.ask-follow-up",
  "a new token of the same person, another key: the same",
  async () => {
    await last({ gateway: at("http://x", tokenOf("ann", "1")) }).keep(ID);
    expect(await last({ gateway: at("http://x", tokenOf("ann", "2")) }).read()).toBe(ID);
  },
);

verifies("local.ask-follow-up", "what is no id is nothing", async () => {
  await last().keep(ID);
  const [file = ""] = await readdir(folder);
  await writeFile(path.join(folder, file), "half an i");
  expect(await last().read()).toBeNull();
  await last().keep(ID);
  await last().keep(null);
  expect(await last().read()).toBeNull();
  expect(await readdir(folder)).toEqual([]);
});
