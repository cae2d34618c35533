// The terminal client as a process of its own, against a scripted gateway on the loopback address.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Ended, startAsk } from "../../../support/ask-program.ts";
import {
  reply,
  type ScriptedServer,
  silence,
  startScriptedServer,
} from "../../../support/scripted-server.ts";
import { anAnswer, anOperation, aProblem } from "./contract-bodies.ts";

const TOKEN = "token-of-the-caller";

let gateway: ScriptedServer;
let folder: string;
beforeEach(async () => {
  gateway = await startScriptedServer();
  folder = await mkdtemp(path.join(tmpdir(), "ask-"));
});
afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function start(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const own = { GENIE_GATEWAY_URL: gateway.url, GENIE_GATEWAY_TOKEN: TOKEN };
  return startAsk(args, { ...own, GENIE_ASK_FOLDER: folder, ...more });
}

function ask(...args: readonly string[]): Promise<Ended> {
  return start(args).ended;
}

const accepted = (retryAfter = "1") =>
  reply(202, anOperation(gateway.url), { "retry-after": retryAfter });

test("202, polls, 200: prints the answer with table, SQL, suggestions and timings", async () => {
  gateway.script(
    accepted(),
    reply(200, anOperation(gateway.url, { stage: "EXECUTING_QUERY" }), { "retry-after": "1" }),
    reply(200, anOperation(gateway.url, { status: "succeeded" })),
    reply(200, anAnswer()),
  );
  const { code, stdout, stderr } = await ask("average", "delay");
  expect(code).toBe(0);
  expect(stdout).toContain("Two origins.");
  expect(stdout).toMatch(/│ BMI\s+│ 125.83\s+│/);
  expect(stdout).toMatch(/│ OTZ\s+│ null\s+│/);
  expect(stdout).toContain("2 of 220 rows shown.");
  expect(stdout).toContain("SELECT `origin`");
  expect(stdout).toContain("- And by destination?");
  expect(stdout).toContain("Genie took 12.9 s");
  expect(stderr).toBe("Genie thinks …\nRunning the SQL …\nReading the result …\n");
  const [asked, ...reads] = gateway.seen;
  expect(asked).toMatchObject({ method: "POST", path: "/genie/query-obo" });
  expect(asked?.headers).toMatchObject({
    authorization: `Bearer ${TOKEN}`,
    prefer: "respond-async",
  });
  expect(JSON.parse(asked?.body ?? "")).toEqual({ query: "average delay" });
  const monitor = "/genie/operations/AAAAAAAAAAAAAAAAAAAAAA";
  expect(reads.map((read) => read.path)).toEqual([monitor, monitor, `${monitor}/result`]);
});

test("a question of the app in a conversation and a space", async () => {
  gateway.script(reply(200, anAnswer({ answer: null, follow_up_question: "Which year?" })));
  const { code, stdout } = await ask("--as", "app", "--space", "x", "--conversation", "c1", "hi");
  expect(code).toBe(0);
  expect(stdout).toContain("Genie asks back: Which year?");
  expect(gateway.seen[0]?.path).toBe("/genie/query-app");
  expect(JSON.parse(gateway.seen[0]?.body ?? "")).toEqual({
    query: "hi",
    space: "x",
    conversation_id: "c1",
  });
});

test("with a function key: the key asks, and its operation is opened by the id alone", async () => {
  gateway.script(
    accepted(),
    reply(200, anOperation(gateway.url, { status: "succeeded" })),
    reply(200, anAnswer()),
  );
  const { code } = await start(["--as", "app", "x"], { GENIE_GATEWAY_KEY: "the-key" }).ended;
  expect(code).toBe(0);
  const [asked, ...reads] = gateway.seen;
  expect(asked?.headers).toMatchObject({ "x-functions-key": "the-key" });
  expect(reads).toHaveLength(2);
  for (const { headers } of reads) expect(headers).not.toHaveProperty("x-functions-key");
  for (const { headers } of gateway.seen) expect(headers).not.toHaveProperty("authorization");
});

test("--json prints what the gateway sent, nothing else", async () => {
  gateway.script(reply(200, anAnswer()));
  const { code, stdout } = await ask("--json", "x");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(anAnswer());
});

test.each([
  [403, 3],
  [422, 4],
  [503, 5],
])("a problem with status %i ends with exit code %i and says what to do", async (status, exit) => {
  gateway.script(reply(status, aProblem(status)));
  const { code, stdout, stderr } = await ask("x");
  expect(code).toBe(exit);
  expect(stdout).toBe("");
  expect(stderr).toContain("The caller may not use the space.");
  expect(stderr).toContain("What to do: Grant CAN RUN on the space.");
  expect(gateway.seen).toHaveLength(1);
});

test("a problem found while reading the result; --json prints it", async () => {
  const succeeded = reply(202, anOperation(gateway.url, { status: "failed" }));
  gateway.script(succeeded, reply(504, aProblem(504, { code: "deadline_exceeded" })));
  const { code, stdout } = await ask("--json", "x");
  expect(code).toBe(5);
  expect(JSON.parse(stdout)).toMatchObject({ code: "deadline_exceeded" });
});

test.each([
  ["no JSON", 200, "<html>hello</html>"],
  ["another shape", 200, { hello: true }],
  ["a redirect", 302, ""],
  ["an empty error", 502, ""],
])("garbage (%s) ends with exit code 1 and no stack", async (_name, status, body) => {
  gateway.script(reply(status, body, { location: "https://example.com/" }));
  const { code, stderr } = await ask("x");
  expect(code).toBe(1);
  expect(stderr).toContain(`status ${status}`);
  expect(stderr).not.toContain("    at ");
});

test("a link that is no URL, or leads to another host, never takes the token away", async () => {
  gateway.script(reply(202, anOperation("http://[")));
  expect(await ask("x")).toMatchObject({ code: 1 });
  await using other = await startScriptedServer();
  const elsewhere = anOperation(other.url, { status: "succeeded" });
  gateway.script(reply(202, elsewhere), reply(200, anAnswer()));
  expect(await ask("x")).toMatchObject({ code: 0 });
  expect(other.seen).toEqual([]);
});

test("control characters of an answer do not reach the terminal", async () => {
  gateway.script(reply(200, anAnswer({ answer: "a\u001b[2Jb\u009bc\u0007\r" })));
  expect((await ask("x")).stdout).toContain("a[2Jbc\n");
  expect((await ask("--json", "x")).stdout).toContain('"a\\u001b[2Jb\\u009bc\\u0007\\r"');
});

test("nobody listens: says how to start the stand", async () => {
  await gateway[Symbol.asyncDispose]();
  const { code, stderr } = await ask("x");
  expect(code).toBe(5);
  expect(stderr).toContain("npm start");
});

test("the wait is over before Genie is: exit code 6 and where to go on", async () => {
  gateway.script(accepted("30"));
  const { code, stderr } = await ask("--wait", "1", "x");
  expect(code).toBe(6);
  expect(stderr).toContain(`GET ${anOperation(gateway.url).links.result}`);
});

test("Ctrl-C: exit code 130 and where to go on", async () => {
  gateway.script(accepted("30"));
  const running = start(["x"]);
  await expect.poll(running.stderr).toContain("Genie thinks");
  running.child.kill("SIGINT");
  const { code, stderr } = await running.ended;
  expect(code).toBe(130);
  expect(stderr).toContain(anOperation(gateway.url).links.self);
});

test("Ctrl-C before anything is known", async () => {
  gateway.script(silence);
  const running = start(["x"]);
  await expect.poll(() => gateway.seen.length).toBe(1);
  running.child.kill("SIGINT");
  expect(await running.ended).toMatchObject({ code: 130, stderr: "\nStopped.\n" });
});

test("wrong options: exit code 2 with the help, nothing sent", async () => {
  const { code, stderr } = await ask("--wait", "soon", "x");
  expect(code).toBe(2);
  expect(stderr).toContain("Exit codes");
  expect(gateway.seen).toEqual([]);
});

test("--help goes to standard output", async () => {
  expect(await ask("--help")).toMatchObject({ code: 0, stderr: "" });
});
