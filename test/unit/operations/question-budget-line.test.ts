// The line of the question budget: arrival order, the absent who are passed over, estimates, and how long a burst
// takes when everybody looks again at the time it was told.

import fc from "fast-check";
import { expect, test } from "vitest";
import { requestSlot } from "../../../shared/operations/question-budget.ts";
import { verifies } from "../../support/verifies.ts";
import {
  aHistory,
  anUnusedBudget,
  aReply,
  createWorkspace,
  MINUTE,
  START,
  tightest,
} from "./question-budget-model.ts";

interface Waiter {
  readonly name: string;
  readonly replyMs: number;
  looksAt: number;
}

const MOST_LOOKS = 5_000;

/** Everybody looks again exactly when told; returns the time of the last grant. */
function playBurst(limit: number, replies: readonly number[]) {
  const workspace = createWorkspace(limit);
  const waiters: Waiter[] = replies.map((replyMs, index) => ({
    name: `${index}`,
    replyMs,
    looksAt: START + index,
  }));
  let looks = 0;
  for (let [next] = waiters; next !== undefined; [next] = waiters) {
    workspace.moveTo(next.looksAt);
    const reply = workspace.request(next.name, { fate: aReply(next.replyMs) });
    looks += 1;
    if (looks > MOST_LOOKS) throw new Error("the burst does not end");
    if (reply.kind === "granted") waiters.shift();
    else {
      expect(reply.estimatedAt).toBeGreaterThan(workspace.now());
      next.looksAt = reply.estimatedAt;
    }
    // Slots that fall free in the same millisecond are anybody's: there the line decides.
    waiters.sort((a, b) => a.looksAt - b.looksAt || Number(a.name) - Number(b.name));
  }
  return { workspace, looks, tookMs: workspace.now() - START };
}

const theReplies = fc.array(fc.integer({ min: 100, max: 3_000 }), { minLength: 1, maxLength: 60 });

verifies(
  "budget.arrival-order",
  "a burst is asked in the order it came, whatever the replies take",
  () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), theReplies, (limit, replies) => {
        const { workspace } = playBurst(limit, replies);
        expect(workspace.granted).toEqual(replies.map((_, index) => `${index}`));
        expect(tightest(workspace.counted, limit)).toBeGreaterThanOrEqual(MINUTE);
      }),
      { numRuns: 100 },
    );
  },
);

verifies("budget.throughput", "a burst of 40 takes at most 3 % longer than it must", () => {
  for (const replyMs of [0, 200, 500, 1_000, 3_000]) {
    const { tookMs } = playBurst(
      5,
      Array.from({ length: 40 }, () => replyMs),
    );
    expect(tookMs / (7 * (MINUTE + replyMs))).toBeLessThanOrEqual(1.03);
  }
});

verifies("budget.estimate", "an estimate costs few looks: it is close from the start", () => {
  const { looks } = playBurst(
    5,
    Array.from({ length: 40 }, () => 400),
  );
  expect(looks).toBeLessThanOrEqual(40 + 35 * 2);
});

verifies("budget.estimate", "it lies ahead in every history", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), aHistory, (limit, history) => {
      const workspace = createWorkspace(limit);
      for (const { operation, afterMs, presentMs, fate, kind } of history) {
        workspace.moveTo(workspace.now() + afterMs);
        const presentUntil = workspace.now() + presentMs;
        if (kind === "pushBack") workspace.pushBack(presentUntil);
        const reply = workspace.request(`${operation}`, { presentUntil, fate });
        if (reply.kind === "granted") continue;
        expect(reply.estimatedAt).toBeGreaterThan(workspace.now());
        expect(Number.isInteger(reply.estimatedAt)).toBe(true);
      }
    }),
  );
});

verifies(
  "budget.passed-over",
  "the absent is passed over, keeps its place, and is next once it is back",
  () => {
    const workspace = createWorkspace(1);
    workspace.request("first");
    workspace.moveTo(START + 1_000);
    workspace.request("absent", { presentUntil: START + 2_000 });
    workspace.request("present");
    workspace.request("last");
    workspace.moveTo(START + MINUTE + 550);
    expect(workspace.request("last").kind).toBe("waiting");
    expect(workspace.request("present").kind).toBe("granted");
    workspace.moveTo(START + MINUTE + 2_000);
    expect(workspace.request("absent").kind).toBe("waiting");
    workspace.moveTo(START + 2 * MINUTE + 1_100);
    expect(workspace.request("last").kind).toBe("waiting");
    expect(workspace.request("absent").kind).toBe("granted");
  },
);

verifies("budget.passed-over", "who will be gone by its own turn delays nobody's estimate", () => {
  const workspace = createWorkspace(2);
  ["a", "b"].map((holder) => workspace.request(holder));
  ["gone soon", "gone too"].map((holder) =>
    workspace.request(holder, { presentUntil: START + 8_000 }),
  );
  const reply = workspace.request("present");
  const turn = reply.kind === "waiting" ? reply.estimatedAt : 0;
  expect(turn).toBeLessThan(START + MINUTE + 2_000);
  workspace.moveTo(turn);
  expect(workspace.request("present").kind).toBe("granted");
});

verifies("budget.passed-over", "a place keeps its rank through any absence", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 3, maxLength: 20 }), (isPresent) => {
      const workspace = createWorkspace(1);
      workspace.request("holder");
      isPresent.forEach((stays, index) => {
        const presentUntil = stays ? Number.POSITIVE_INFINITY : workspace.now();
        workspace.request(`${index}`, { presentUntil });
      });
      // Everybody is back: the line is as it was.
      const turns = isPresent.map((_, index) => workspace.request(`${index}`));
      const again = isPresent.map((_, index) => workspace.request(`${index}`));
      const times = again.map((reply) => (reply.kind === "waiting" ? reply.estimatedAt : 0));
      expect(turns).toHaveLength(isPresent.length);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(new Set(times).size).toBe(times.length);
    }),
  );
});

verifies(
  "budget.passed-over",
  "who says it is always present and never looks again holds up nobody for long",
  () => {
    const workspace = createWorkspace(1);
    workspace.request("first");
    const told = workspace.request("dead worker");
    workspace.request("next");
    const turn = told.kind === "waiting" ? told.estimatedAt : 0;
    workspace.moveTo(turn + 14_999);
    expect(workspace.request("next").kind).toBe("waiting");
    workspace.moveTo(turn + 15_000);
    expect(workspace.request("next").kind).toBe("granted");
  },
);

test("beyond the known head of the line everybody counts, so that nobody jumps it", () => {
  const { window } = anUnusedBudget();
  const state = {
    window: { ...window, nextTicket: START + 50, waiting: 40 },
    places: new Map([
      ["a", { holder: "a", ticket: START, joinedAt: START, presentUntil: START + 1 }],
    ]),
    knownTo: START,
  };
  const { reply } = requestSlot(
    state,
    { holder: "new", presentUntil: START },
    { now: START, limit: 10 },
  );
  // 1 known and 39 unknown ahead: the 41st, in the fifth round of ten.
  expect(reply).toEqual({ kind: "waiting", estimatedAt: START + 4 * (MINUTE + 750) });
});
