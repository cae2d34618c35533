// How an operation is followed when the monitor itself fails now and then; time jumps.

import { expect, test } from "vitest";
import { askAndFollow } from "../../../../local/ask/ask-and-follow.ts";
import { reply, reset, type Step, startScriptedServer } from "../../../support/scripted-server.ts";
import { createVirtualClock } from "../../../support/virtual-clock.ts";
import { anAnswer, anOperation, aProblem } from "./contract-bodies.ts";

async function follow(steps: (base: string) => readonly Step[], waitSeconds = 120) {
  await using server = await startScriptedServer();
  server.script(...steps(server.url));
  const clock = createVirtualClock(0);
  const started = clock.now();
  const outcome = await clock.run(
    askAndFollow(
      { question: "x", as: "user", print: "text", followUp: false, trace: false, waitSeconds },
      {
        gateway: { baseUrl: server.url, credential: { kind: "token", token: "t" } },
        clock,
        deadline: started + waitSeconds * 1_000,
        signal: new AbortController().signal,
        onState: () => undefined,
      },
    ),
  );
  return { outcome, seen: server.seen, waitedMs: clock.now() - started };
}

test("Retry-After sets the pace", async () => {
  const { outcome, waitedMs } = await follow((base) => [
    reply(202, anOperation(base), { "retry-after": "7" }),
    reply(200, anOperation(base), { "retry-after": "3" }),
    reply(200, anOperation(base, { status: "succeeded" })),
    reply(200, anAnswer()),
  ]);
  expect(outcome.kind).toBe("answered");
  expect(waitedMs).toBe(10_000);
});

test.each([["0"], ["-5"], ["soon"], [""]])("Retry-After %j makes no tight loop", async (value) => {
  const { waitedMs } = await follow((base) => [
    reply(202, anOperation(base), { "retry-after": value }),
    reply(200, anOperation(base, { status: "succeeded" })),
    reply(200, anAnswer()),
  ]);
  expect(waitedMs).toBe(1_000);
});

test("a look that fails is looked at again, the question is asked once", async () => {
  const { outcome, seen } = await follow((base) => [
    reply(202, anOperation(base)),
    reset,
    reply(503, aProblem(503)),
    reply(429, aProblem(429)),
    reply(200, anOperation(base, { status: "succeeded" })),
    reply(200, anAnswer()),
  ]);
  expect(outcome.kind).toBe("answered");
  expect(seen.filter((request) => request.method === "POST")).toHaveLength(1);
});

test("five failed looks in a row are the outcome", async () => {
  const { outcome, seen } = await follow((base) => [
    reply(202, anOperation(base)),
    reply(503, aProblem(503)),
  ]);
  expect(outcome).toMatchObject({ kind: "problem", problem: { status: 503 } });
  expect(seen).toHaveLength(6);
});

test("a lost reply to the question is not asked again", async () => {
  const { outcome, seen } = await follow(() => [reset]);
  expect(outcome.kind).toBe("unreachable");
  expect(seen).toHaveLength(1);
});

test("an operation that belongs to nobody any more ends at once", async () => {
  const { outcome } = await follow((base) => [
    reply(202, anOperation(base)),
    reply(404, aProblem(404)),
  ]);
  expect(outcome).toMatchObject({ kind: "problem", problem: { status: 404 } });
});

test("the wait bounds everything, a long Retry-After too", async () => {
  const { outcome, waitedMs } = await follow(
    (base) => [reply(202, anOperation(base), { "retry-after": "1800" })],
    60,
  );
  expect(outcome.kind).toBe("unfinished");
  expect(waitedMs).toBe(60_000);
});
