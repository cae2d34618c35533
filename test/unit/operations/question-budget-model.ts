// A workspace with its workers, in memory: it plays histories of requests, asks and replies through the moves of the
// question budget and notes when the workspace counted each question. Time is true time; workers' clocks differ.

import fc from "fast-check";
import type { SlotReply } from "../../../shared/operations/ports.ts";
import {
  type BudgetState,
  leaveLine,
  pushBack,
  releaseSlot,
  requestSlot,
  settleSlot,
  unusedWindow,
} from "../../../shared/operations/question-budget.ts";

export const START = Date.UTC(2026, 10, 23);
export const MINUTE = 60_000;

/** What becomes of a granted ask. */
export type Fate =
  /** The reply comes after `replyMs`; the workspace counted it somewhere on the way (0–1). */
  | { readonly kind: "replied"; readonly replyMs: number; readonly countedAt: number }
  /** The worker dies: it may have been counted up to its time-out, and nobody settles. */
  | { readonly kind: "lost"; readonly countedAfterMs: number }
  | { readonly kind: "not_sent" };

export function anUnusedBudget(): BudgetState {
  return { window: unusedWindow(START), places: new Map(), knownTo: Number.POSITIVE_INFINITY };
}

export function createWorkspace(limit: number) {
  let state = anUnusedBudget();
  let now = START;
  const replies: { at: number; holder: string; offset: number }[] = [];
  /** True times at which the workspace counted a question. */
  const counted: number[] = [];
  const granted: string[] = [];
  const asking = new Set<string>();

  const settleUntil = (time: number): void => {
    const due = replies.filter(({ at }) => at <= time).toSorted((a, b) => a.at - b.at);
    for (const reply of due) {
      replies.splice(replies.indexOf(reply), 1);
      state = settleSlot(state, reply.holder, reply.at + reply.offset);
    }
    now = Math.max(now, time);
  };

  const ask = (holder: string, fate: Fate, offset: number): void => {
    if (fate.kind === "not_sent") {
      asking.delete(holder);
      state = releaseSlot(state, holder, now + offset);
      return;
    }
    granted.push(holder);
    if (fate.kind === "lost") counted.push(now + fate.countedAfterMs);
    else {
      counted.push(now + fate.countedAt * fate.replyMs);
      replies.push({ at: now + fate.replyMs, holder, offset });
    }
  };

  return {
    counted,
    granted,
    now: () => now,
    state: () => state,
    moveTo: settleUntil,
    /** A grant is asked with at once; whoever is granted what another worker is asking gives it back. */
    request: (
      holder: string,
      { presentUntil = Number.POSITIVE_INFINITY, fate = aReply(), offset = 0 } = {},
    ): SlotReply => {
      const wish = { holder, presentUntil: presentUntil + offset };
      const outcome = requestSlot(state, wish, { now: now + offset, limit });
      state = outcome.state;
      if (outcome.reply.kind !== "granted") return outcome.reply;
      if (asking.has(holder)) {
        state = releaseSlot(state, holder, now + offset);
        return outcome.reply;
      }
      asking.add(holder);
      ask(holder, fate, offset);
      return outcome.reply;
    },
    leave: (holder: string): void => {
      state = leaveLine(state, holder);
    },
    pushBack: (until: number): void => {
      state = pushBack(state, until, now);
    },
  };
}

export function aReply(replyMs = 300): Fate {
  return aReplyOf({ replyMs, countedAt: 0.5 });
}

export function aReplyOf(reply: { readonly replyMs: number; readonly countedAt: number }): Fate {
  return { kind: "replied", ...reply };
}

/** The smallest time in which `limit` + 1 questions were counted. */
export function tightest(counted: readonly number[], limit: number): number {
  const sorted = counted.toSorted((a, b) => a - b);
  const spans = sorted.slice(limit).map((time, index) => time - (sorted[index] ?? 0));
  return Math.min(Number.POSITIVE_INFINITY, ...spans);
}

const aFate: fc.Arbitrary<Fate> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ replyMs: fc.nat(20_000), countedAt: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map((reply) => ({ kind: "replied" as const, ...reply })),
  },
  {
    weight: 1,
    arbitrary: fc.nat(30_000).map((countedAfterMs) => ({ kind: "lost" as const, countedAfterMs })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "not_sent" as const }) },
);
const anEvent = fc.record({
  kind: fc.constantFrom("request", "request", "request", "request", "leave", "pushBack"),
  operation: fc.nat(30),
  afterMs: fc.oneof(fc.nat(50), fc.nat(5_000), fc.nat(40_000)),
  presentMs: fc.oneof(fc.constant(0), fc.nat(120_000), fc.constant(Number.POSITIVE_INFINITY)),
  fate: aFate,
  /** Two workers' clocks differ by at most 250 ms. */
  offset: fc.integer({ min: -125, max: 125 }),
});
export const aHistory = fc.array(anEvent, { minLength: 20, maxLength: 200 });
