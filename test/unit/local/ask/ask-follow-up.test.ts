// `--follow-up` of the terminal client: which conversation the next question goes to.

import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { startAsk } from "../../../support/ask-program.ts";
import {
  reply,
  type ScriptedServer,
  startScriptedServer,
} from "../../../support/scripted-server.ts";
import { verifies } from "../../../support/verifies.ts";
import { anAnswer, anOperation, aProblem } from "./contract-bodies.ts";

const FIRST = "01f185d9e6a91f3ca0b1c2d3e4f50617";
const SECOND = "01f185d9e6a91f3ca0b1c2d3e4f50618";

let gateway: ScriptedServer;
let folder: string;
beforeEach(async () => {
  gateway = await startScriptedServer();
  folder = await mkdtemp(path.join(tmpdir(), "ask-follow-up-"));
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const start = (...args: readonly string[]) =>
  startAsk([...args, "the-question"], {
    GENIE_GATEWAY_URL: gateway.url,
    GENIE_GATEWAY_TOKEN: "the-token",
    GENIE_ASK_FOLDER: folder,
  });
const ask = (...args: readonly string[]) => start(...args).ended;

/** The conversation that the newest question named. */
function followed(): unknown {
  const asked = gateway.seen.findLast(({ method }) => method === "POST");
  return JSON.parse(asked?.body ?? "{}").conversation_id;
}

verifies("local.ask-follow-up", "none yet: says so and asks nothing", async () => {
  const { code, stderr } = await ask("--follow-up");
  expect(code).toBe(2);
  expect(stderr).toContain("no question to follow up");
  expect(gateway.seen).toEqual([]);
});

verifies("local.ask-follow-up", "each answer becomes the one to follow", async () => {
  gateway.script(reply(200, anAnswer({ conversation_id: FIRST })));
  expect((await ask()).code).toBe(0);
  expect(followed()).toBeUndefined();
  gateway.script(reply(200, anAnswer({ conversation_id: SECOND })));
  expect((await ask("--follow-up")).code).toBe(0);
  expect(followed()).toBe(FIRST);
  await ask("--follow-up");
  expect(followed()).toBe(SECOND);
  expect((await ask("--follow-up", "--space", "sales")).code).toBe(2);
  expect((await ask("--follow-up", "--as", "app")).code).toBe(2);
});

verifies("local.ask-follow-up", "an id is all that is kept", async () => {
  gateway.script(reply(200, anAnswer({ conversation_id: FIRST })));
  await ask();
  const files = await readdir(folder);
  const texts = files.map((name) => readFile(path.join(folder, name), "utf8"));
  expect(await Promise.all(texts)).toEqual([`${FIRST}\n`]);
});

verifies(
  "local.ask-follow-up",
  "a question that is not finished, or was stopped, counts",
  async () => {
    const working = anOperation(gateway.url, { conversation_id: FIRST });
    gateway.script(reply(202, working, { "retry-after": "30" }));
    expect((await ask("--wait", "1")).code).toBe(6);
    gateway.script(reply(202, { ...working, conversation_id: SECOND }, { "retry-after": "30" }));
    const running = start("--follow-up");
    await expect.poll(running.stderr).toContain("Genie thinks");
    expect(followed()).toBe(FIRST);
    running.child.kill("SIGINT");
    expect((await running.ended).code).toBe(130);
    await ask("--follow-up", "--wait", "1");
    expect(followed()).toBe(SECOND);
  },
);

verifies(
  "local.ask-follow-up",
  "one that Genie has not got yet leaves none to follow",
  async () => {
    gateway.script(reply(200, anAnswer({ conversation_id: FIRST })));
    await ask();
    const waiting = anOperation(gateway.url, { status: "queued", stage: "waiting_for_slot" });
    gateway.script(reply(202, waiting, { "retry-after": "30" }));
    await ask("--wait", "1");
    expect((await ask("--follow-up")).code).toBe(2);
  },
);

verifies("local.ask-follow-up", "a problem changes nothing", async () => {
  gateway.script(reply(200, anAnswer({ conversation_id: FIRST })));
  await ask();
  gateway.script(reply(422, aProblem(422)));
  await ask();
  await ask("--follow-up");
  expect(followed()).toBe(FIRST);
});

verifies(
  "local.ask-follow-up",
  "a folder that cannot be written takes no answer away",
  async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, "no folder");
    gateway.script(reply(200, anAnswer()));
    const { code, stdout, stderr } = await ask();
    expect(code).toBe(0);
    expect(stdout).toContain("Two origins.");
    expect(stderr).toContain("could not be kept");
  },
);
