// `--card` of the terminal client: the operation's result in the format of a card.

import { mkdtemp, rm } from "node:fs/promises";
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
import { anAnswer, anAnswerWithLinks, anOperation, aProblem } from "./contract-bodies.ts";

const CARD = {
  version: "1.5",
  type: "AdaptiveCard",
  body: [{ type: "TextBlock", text: "a\u009b" }],
};

let gateway: ScriptedServer;
let folder: string;
beforeEach(async () => {
  gateway = await startScriptedServer();
  folder = await mkdtemp(path.join(tmpdir(), "ask-card-"));
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const ask = (...args: readonly string[]) =>
  startAsk([...args, "--card", "x"], {
    GENIE_GATEWAY_URL: gateway.url,
    GENIE_GATEWAY_TOKEN: "t",
    GENIE_ASK_FOLDER: path.join(folder, "kept"),
  }).ended;

verifies("local.ask-card", "the card as it came, from the result's own link", async () => {
  const links = { ...anOperation(gateway.url).links };
  const result = `${links.result}?space=sales`;
  gateway.script(
    reply(202, anOperation(gateway.url, { status: "succeeded", links: { ...links, result } })),
    reply(200, anAnswer()),
    reply(202, {}, { location: `${result}&format=adaptive-card`, "retry-after": "1" }),
    reply(200, CARD),
  );
  const { code, stdout } = await ask();
  expect(code).toBe(0);
  expect(Object.entries(JSON.parse(stdout))).toEqual(Object.entries(CARD));
  expect(stdout).toContain("\\u009b");
  const own = "/genie/operations/AAAAAAAAAAAAAAAAAAAAAA/result";
  const card = `${own}?space=sales&format=adaptive-card`;
  expect(gateway.seen.map((seen) => seen.path).slice(1)).toEqual([
    `${own}?space=sales`,
    card,
    card,
  ]);
});

verifies("local.ask-card", "where the question itself was answered, and with --csv", async () => {
  gateway.script(
    reply(200, anAnswerWithLinks(gateway.url)),
    reply(200, CARD),
    reply(200, "a\r\n", { "content-type": "text/csv" }),
  );
  const { code, stdout, stderr } = await ask("--csv", path.join(folder, "rows.csv"));
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(CARD);
  expect(stderr).toContain("Saved 0 rows");
  const { path: asked } = gateway.seen[1] ?? {};
  expect(asked).toBe("/genie/operations/AAAAAAAAAAAAAAAAAAAAAA/result?format=adaptive-card");
});

verifies(
  "local.ask-card",
  "a problem instead is shown as ever; no card is unexpected",
  async () => {
    gateway.script(reply(403, aProblem(403)));
    expect(await ask()).toMatchObject({ code: 3, stdout: "" });
    gateway.script(reply(200, anAnswer()), reply(404, aProblem(404)));
    expect(await ask()).toMatchObject({ code: 2, stdout: "" });
    gateway.script(reply(200, anAnswer()), reply(200, anAnswer()));
    expect(await ask()).toMatchObject({ code: 1, stdout: "" });
  },
);

verifies("local.ask-card", "not ready when the wait is over", async () => {
  const again = reply(202, {}, { location: "/result?format=adaptive-card", "retry-after": "1" });
  gateway.script(reply(200, anAnswer()), again);
  const { code, stdout, stderr } = await ask("--wait", "1");
  expect({ code, stdout }).toEqual({ code: 6, stdout: "" });
  expect(stderr).toContain("GET /result?format=adaptive-card");
});
