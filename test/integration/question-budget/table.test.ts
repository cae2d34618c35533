// What the table holds and what each move costs: transactions counted at the storage, places found outside the head
// of the line, dead ones dropped, the largest budget.

import { afterAll, beforeAll, expect } from "vitest";
import { verifies } from "../../support/verifies.ts";
import { startBudgetBench } from "./budget-bench.ts";

let bench: Awaited<ReturnType<typeof startBudgetBench>>;
beforeAll(async () => {
  bench = await startBudgetBench();
});
afterAll(() => bench.stop());

const FOREVER = Number.POSITIVE_INFINITY;
const MINUTE = 60_000;
const ids = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`);

verifies(
  "budget.transactions",
  "two for a free slot, one to settle, at most three to wait",
  async () => {
    const budget = bench.open(await bench.newTable(), { questionsPerMinute: 1 });
    const ask = (id: string, presentUntil: number) => () => budget.request(id, presentUntil);
    expect(await bench.callsDuring(ask("a", FOREVER))).toBe(2);
    expect(await bench.callsDuring(() => budget.settle("a"))).toBe(1);
    expect(await bench.callsDuring(() => budget.settle("a"))).toBe(1);
    expect(await bench.callsDuring(ask("absent", 0))).toBe(2);
    expect(await bench.callsDuring(ask("present", FOREVER))).toBe(3);
    bench.clock.advance(1_000);
    expect(await bench.callsDuring(ask("absent", 0))).toBeLessThanOrEqual(3);
    expect(await bench.callsDuring(ask("present", FOREVER))).toBeLessThanOrEqual(3);
    bench.clock.advance(MINUTE);
    // Once a minute, over all instances, one more to look for dead places.
    expect(await bench.callsDuring(ask("present", FOREVER))).toBeLessThanOrEqual(3);
    expect(await bench.callsDuring(() => budget.leave("absent"))).toBeLessThanOrEqual(3);
  },
);

verifies("budget.transactions", "a slot that another instance granted is settled too", async () => {
  const table = await bench.newTable();
  const here = bench.open(table, { questionsPerMinute: 2 });
  const there = bench.open(table, { questionsPerMinute: 2 });
  await here.request("a", FOREVER);
  await there.request("b", FOREVER);
  // The memory of `here` is older than the slot of "b": read, refused or not, the settling must arrive.
  await here.settle("b");
  expect(await bench.callsDuring(() => there.settle("b"))).toBe(2); // refused from memory, then read: settled already
});

verifies("budget.off", "0 grants everything and touches no storage", async () => {
  const budget = bench.open("never made", { questionsPerMinute: 0 });
  const calls = await bench.callsDuring(async () => {
    const replies = await Promise.all(ids("a", 100).map((id) => budget.request(id, 0)));
    expect(replies.every(({ kind }) => kind === "granted")).toBe(true);
    await budget.settle("a-1");
    await budget.release("a-2");
    await budget.leave("a-3");
    await budget.pushBack(bench.clock.now() + MINUTE);
  });
  expect(calls).toBe(0);
});

verifies(
  "budget.passed-over",
  "a place beyond the head of the line is found and kept",
  async () => {
    const table = await bench.newTable();
    const budget = bench.open(table);
    const all = ids("deep", 150);
    await bench.clock.run(Promise.all(all.map((id) => budget.request(id, FOREVER))));
    const before = await bench.rows(table);
    const another = bench.open(table);
    bench.clock.advance(1_000);
    const calls = await bench.callsDuring(() => another.request("deep-140", FOREVER));
    expect(calls).toBeLessThanOrEqual(3);
    const after = await bench.rows(table);
    expect(after.map(({ rowKey }) => rowKey)).toEqual(before.map(({ rowKey }) => rowKey));
  },
);

verifies("budget.dead-places", "they go in small numbers, the living stay", async () => {
  const table = await bench.newTable();
  const budget = bench.open(table, { questionsPerMinute: 1 });
  await bench.clock.run(Promise.all(ids("dead", 30).map((id) => budget.request(id, 0))));
  const placesLeft = async () =>
    (await bench.rows(table)).filter(({ holder }) => holder).length / 2;
  expect(await placesLeft()).toBe(29);
  bench.clock.advance(39 * MINUTE);
  await bench.clock.run(budget.request("slot", FOREVER));
  await bench.clock.run(budget.request("young", 0));
  expect(await placesLeft()).toBe(30);
  bench.clock.advance(2 * MINUTE);
  await bench.clock.run(budget.leave("nobody"));
  expect(await placesLeft()).toBe(5);
  await bench.clock.run(budget.leave("nobody"));
  expect(await placesLeft()).toBe(1);
});

verifies(
  "budget.window",
  "the largest budget fits: 1,000 at once, and the next waits",
  async () => {
    const table = await bench.newTable();
    const budget = bench.open(table, { questionsPerMinute: 1_000 });
    const replies = await bench.clock.run(
      Promise.all(ids("many", 1_001).map((id) => budget.request(id, FOREVER))),
    );
    expect(replies.filter(({ kind }) => kind === "granted")).toHaveLength(1_000);
    await bench.clock.run(Promise.all(ids("many", 1_000).map((id) => budget.settle(id))));
    bench.clock.advance(MINUTE + 250);
    const reply = await bench.clock.run(budget.request("many-1000", FOREVER));
    expect(reply.kind).toBe("granted");
  },
);

verifies("budget.push-back", "one worker is told 429, all workers wait", async () => {
  const table = await bench.newTable();
  const [one, two] = [bench.open(table), bench.open(table)];
  const until = bench.clock.now() + 20_000;
  await bench.clock.run(Promise.all([one.pushBack(until), one.release("nobody")]));
  expect(await bench.clock.run(two.request("a", FOREVER))).toEqual({
    kind: "waiting",
    estimatedAt: until,
  });
});

verifies("budget.transactions", "the rows name no operation", async () => {
  const table = await bench.newTable();
  const budget = bench.open(table, { questionsPerMinute: 1 });
  const secret = "operation-id-that-opens-it";
  await bench.clock.run(budget.request("first", FOREVER));
  await bench.clock.run(budget.request(secret, FOREVER));
  expect(await bench.rows(table)).toHaveLength(3);
  const texts = (await bench.rows(table)).flatMap((row) => Object.values(row).map(String));
  expect(texts.some((text) => text.includes(secret))).toBe(false);
});
