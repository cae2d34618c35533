import { expect, test } from "vitest";
import { mostInAnyMinute } from "../../../../local/databricks/control/asks-per-minute.ts";
import { aWorkspace, GENIE } from "./a-workspace.ts";

const START_CONVERSATION = `${GENIE}/start-conversation`;

test("5 questions a minute over all callers; the sixth is 429 with the seconds to wait", async () => {
  const { ask, post, get, simulator, clock } = await aWorkspace({ questionsPerMinute: 5 });
  const { message } = await ask("one");
  clock.now += 30_000;
  for (const caller of ["other", "app", "analyst", "other"]) await ask("more", caller);
  const refused = await post(START_CONVERSATION, { content: "six" });
  expect(refused).toMatchObject({ status: 429, body: { error_code: "REQUEST_LIMIT_EXCEEDED" } });
  expect(refused.headers.get("retry-after")).toBe("30");
  expect((await get(message)).status).toBe(200);
  simulator.behave({ sendRetryAfter: false });
  expect((await post(START_CONVERSATION, { content: "six" })).headers.has("retry-after")).toBe(
    false,
  );
  clock.now += 30_000;
  expect((await post(START_CONVERSATION, { content: "six" })).status).toBe(200);
  expect((await post(START_CONVERSATION, { content: "seven" })).status).toBe(429);
  expect(simulator.asks()).toHaveLength(6);
  expect(simulator.mostAsksInAnyMinute()).toBe(5);
});

test("the budget can be spent by nobody in particular, and changed", async () => {
  const { post, simulator } = await aWorkspace({ questionsPerMinute: 5 });
  simulator.spendBudget(5);
  expect((await post(START_CONVERSATION, { content: "one" })).status).toBe(429);
  simulator.setQuestionsPerMinute(6);
  expect((await post(START_CONVERSATION, { content: "one" })).status).toBe(200);
  expect(simulator.asks()).toHaveLength(1);
});

test("a refused question takes no slot", async () => {
  const { post, ask } = await aWorkspace({ questionsPerMinute: 1 });
  await post(START_CONVERSATION, {});
  await post(START_CONVERSATION, { content: "one" }, "no-space");
  await post(START_CONVERSATION, { content: "one" }, "no-warehouse");
  await ask("one");
});

test("the most in any minute is counted over a half-open window", () => {
  expect(mostInAnyMinute([])).toBe(0);
  expect(mostInAnyMinute([0, 60_000])).toBe(1);
  expect(mostInAnyMinute([59_999, 0, 100_000])).toBe(2);
});
