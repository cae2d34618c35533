// The arithmetic of the question budget: random histories never break the workspace's rule, and no move
// does harm when it is repeated. The table behind it is tested in test/integration/question-budget.

import fc from "fast-check";
import { expect } from "vitest";
import {
  dropDead,
  leaveLine,
  pushBack,
  releaseSlot,
  requestSlot,
  settleSlot,
} from "../../../shared/operations/question-budget.ts";
import { verifies } from "../../support/verifies.ts";
import {
  aHistory,
  anUnusedBudget,
  aReplyOf,
  createWorkspace,
  MINUTE,
  START,
  tightest,
} from "./question-budget-model.ts";

verifies("budget.window", "never more than N counted in any 60 s, whatever happens", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), aHistory, (limit, history) => {
      const workspace = createWorkspace(limit);
      for (const { kind, operation, afterMs, presentMs, fate, offset } of history) {
        workspace.moveTo(workspace.now() + afterMs);
        const presentUntil = workspace.now() + presentMs;
        if (kind === "request") workspace.request(`${operation}`, { presentUntil, fate, offset });
        if (kind === "leave") workspace.leave(`${operation}`);
        if (kind === "pushBack") workspace.pushBack(presentUntil);
      }
      expect(tightest(workspace.counted, limit)).toBeGreaterThanOrEqual(MINUTE);
    }),
    { numRuns: 300 },
  );
});

const anEagerAsk = fc.record({
  fate: fc.oneof(
    fc.record({ replyMs: fc.nat(2_000), countedAt: fc.constantFrom(0, 1) }).map(aReplyOf),
    fc.constant({ kind: "lost" as const, countedAfterMs: 30_000 }),
  ),
  offset: fc.constantFrom(-125, 125),
});

verifies("budget.window", "nor when workers with differing clocks ask as soon as they may", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.array(anEagerAsk, { minLength: 5, maxLength: 30 }),
      (limit, asks) => {
        const workspace = createWorkspace(limit);
        asks.forEach((ask, index) => {
          for (let look = 0; look < 10; look += 1) {
            const reply = workspace.request(`${index}`, ask);
            if (reply.kind === "granted") return;
            workspace.moveTo(reply.estimatedAt - ask.offset);
          }
          throw new Error("the slot never comes");
        });
        expect(tightest(workspace.counted, limit)).toBeGreaterThanOrEqual(MINUTE);
      },
    ),
    { numRuns: 300 },
  );
});

verifies("budget.window", "the slots are really used: N at once, the next after a minute", () => {
  const workspace = createWorkspace(3);
  const replies = ["a", "b", "c", "d"].map((holder) => workspace.request(holder).kind);
  expect(replies).toEqual(["granted", "granted", "granted", "waiting"]);
  workspace.moveTo(START + 300 + MINUTE);
  expect(workspace.request("d").kind).toBe("waiting");
  workspace.moveTo(START + 300 + MINUTE + 250);
  expect(workspace.request("d").kind).toBe("granted");
});

verifies("budget.window", "a slot that is never settled counts 30 s longer", () => {
  const workspace = createWorkspace(1);
  workspace.request("a", { fate: { kind: "lost", countedAfterMs: 30_000 } });
  workspace.moveTo(START + 90_249);
  expect(workspace.request("b")).toEqual({ kind: "waiting", estimatedAt: START + 90_250 });
  workspace.moveTo(START + 90_250);
  expect(workspace.request("b").kind).toBe("granted");
});

verifies("budget.window", "a lowered N waits until enough slots are free", () => {
  const five = { now: START, limit: 5 };
  const full = ["a", "b", "c", "d", "e"].reduce((state, holder, index) => {
    const next = requestSlot(state, { holder, presentUntil: START }, five).state;
    return settleSlot(next, holder, START + index * 1_000);
  }, anUnusedBudget());
  const now = START + 10_000;
  const { reply } = requestSlot(full, { holder: "f", presentUntil: now }, { now, limit: 2 });
  expect(reply).toEqual({ kind: "waiting", estimatedAt: START + 3_000 + MINUTE + 250 });
});

verifies("budget.push-back", "nobody is granted before the time Databricks names", () => {
  const workspace = createWorkspace(5);
  workspace.pushBack(START + 30_000);
  expect(workspace.request("a")).toEqual({ kind: "waiting", estimatedAt: START + 30_000 });
  workspace.moveTo(START + 29_999);
  expect(workspace.request("b").kind).toBe("waiting");
  workspace.moveTo(START + 30_000);
  expect(["a", "b"].map((holder) => workspace.request(holder).kind)).toEqual([
    "granted",
    "granted",
  ]);
});

verifies("budget.push-back", "it is never shortened, and at most ten minutes long", () => {
  const pushed = pushBack(anUnusedBudget(), START + 30_000, START);
  expect(pushBack(pushed, START + 20_000, START)).toBe(pushed);
  expect(pushBack(pushed, START - 1, START)).toBe(pushed);
  const forever = pushBack(pushed, Number.POSITIVE_INFINITY, START);
  expect(forever.window.blockedUntil).toBe(START + 600_000);
});

verifies("budget.push-back", "what was not sent after all goes back to its old place", () => {
  const workspace = createWorkspace(1);
  workspace.request("first", { fate: { kind: "not_sent" } });
  workspace.pushBack(START + 10_000);
  expect(workspace.request("later").kind).toBe("waiting");
  workspace.moveTo(START + 10_000);
  expect(workspace.request("later").kind).toBe("waiting");
  expect(workspace.request("first").kind).toBe("granted");
});

verifies("budget.repeats", "a lost grant is granted again, with the same slot", () => {
  const at = { now: START, limit: 2 };
  const wish = { holder: "a", presentUntil: START };
  const once = requestSlot(anUnusedBudget(), wish, at);
  const twice = requestSlot(once.state, wish, { ...at, now: START + 5_000 });
  expect(twice.reply.kind).toBe("granted");
  expect(twice.state.window.asking).toHaveLength(1);
  // Two may hold it now, so giving it back must not free what the other is asking with.
  expect(releaseSlot(twice.state, "a", START + 6_000)).toBe(twice.state);
});

verifies("budget.repeats", "a settled slot grants nothing again", () => {
  const workspace = createWorkspace(1);
  workspace.request("a");
  workspace.moveTo(START + 1_000);
  expect(workspace.request("a").kind).toBe("waiting");
});

verifies("budget.repeats", "settle, release and leave may be repeated, and by anybody", () => {
  const { state } = requestSlot(
    anUnusedBudget(),
    { holder: "a", presentUntil: START },
    { now: START, limit: 1 },
  );
  const settled = settleSlot(state, "a", START + 1);
  expect(settleSlot(settled, "a", START + 2)).toBe(settled);
  expect(releaseSlot(settled, "a", START + 2)).toBe(settled);
  const released = releaseSlot(state, "a", START + 1);
  expect(releaseSlot(released, "a", START + 2)).toBe(released);
  const left = leaveLine(released, "a");
  expect(left.window.waiting).toBe(0);
  expect(leaveLine(left, "a")).toBe(left);
  expect(leaveLine(state, "a")).toBe(state);
});

verifies("budget.dead-places", "old places nobody drives are dropped, driven ones stay", () => {
  const workspace = createWorkspace(1);
  workspace.request("holder");
  workspace.request("absent", { presentUntil: START });
  workspace.request("driven");
  const now = START + 20_000;
  const rest = dropDead(workspace.state(), { now, before: START + 10_000 });
  expect([...rest.places.keys()]).toEqual(["driven"]);
  expect(rest.window.waiting).toBe(1);
  expect(dropDead(rest, { now, before: START })).toBe(rest);
});
