// From what the caller asked for to how long it waits.

import fc from "fast-check";
import { expect } from "vitest";
import { readWaitPlan } from "../../../shared/http/read-wait-plan.ts";
import { verifies } from "../../support/verifies.ts";

const ASK = { auto: 30, never: 40 };
const RESULT = { auto: 0, never: 0 };

function plan(query: string, prefer?: string, standard = ASK, cap = 90) {
  const headers = new Headers(prefer === undefined ? {} : { Prefer: prefer });
  const { mode, waitMs, preferenceApplied } = readWaitPlan(
    { url: `https://genie.example/x?${query}`, headers },
    standard,
    cap,
  );
  return [mode, waitMs / 1_000, preferenceApplied];
}

verifies("http.wait", "without a preference an ask waits min(30, cap)", () => {
  expect(plan("")).toEqual(["auto", 30, null]);
  expect(plan("", undefined, ASK, 20)).toEqual(["auto", 20, null]);
});
verifies("http.wait", "without a preference the result is told at once", () => {
  expect(plan("", undefined, RESULT)).toEqual(["auto", 0, null]);
  expect(plan("async=never", undefined, RESULT)).toEqual(["never", 0, null]);
  expect(plan("", "wait=20", RESULT)).toEqual(["auto", 20, "wait=20"]);
});
verifies("http.wait", "Prefer: wait waits so long, at most the cap, and the cap is echoed", () => {
  expect(plan("", "wait=5")).toEqual(["auto", 5, "wait=5"]);
  expect(plan("", "wait=0")).toEqual(["auto", 0, "wait=0"]);
  expect(plan("", "wait=500")).toEqual(["auto", 90, "wait=90"]);
});
verifies("http.wait", "respond-async answers at once, with wait=N after N seconds", () => {
  expect(plan("", "respond-async")).toEqual(["always", 0, "respond-async"]);
  expect(plan("", "respond-async, wait=5")).toEqual(["auto", 5, "respond-async, wait=5"]);
  expect(plan("wait=7", "respond-async")).toEqual(["auto", 7, "respond-async"]);
});
verifies("http.wait", "async=always answers at once whatever wait says", () => {
  expect(plan("async=always")).toEqual(["always", 0, null]);
  expect(plan("async=always&wait=9", "wait=9")).toEqual(["always", 0, null]);
});
verifies("http.wait", "async=never waits min(40, cap) unless wait says otherwise", () => {
  expect(plan("async=never")).toEqual(["never", 40, null]);
  expect(plan("async=never", undefined, ASK, 25)).toEqual(["never", 25, null]);
  expect(plan("async=never&wait=3")).toEqual(["never", 3, null]);
  expect(plan("async=never", "wait=4")).toEqual(["never", 4, "wait=4"]);
  expect(plan("async=never", "respond-async")).toEqual(["never", 40, null]);
});
verifies("http.wait", "the query parameters win over Prefer, and then nothing is echoed", () => {
  expect(plan("wait=3", "wait=60")).toEqual(["auto", 3, null]);
  expect(plan("async=auto", "respond-async")).toEqual(["auto", 30, null]);
});
verifies(
  "http.preference-applied",
  "a malformed preference changes nothing and is not echoed",
  () => {
    expect(plan("", "wait=soon, respond-async=maybe")).toEqual(["auto", 30, null]);
  },
);
verifies("http.wait", "no wish ever waits longer than the cap", () => {
  const seconds = fc.option(fc.nat(999_999_999));
  const mode = fc.constantFrom("", "async=auto", "async=always", "async=never");
  fc.assert(
    fc.property(mode, seconds, seconds, fc.integer({ min: 1, max: 200 }), (async, w, p, cap) => {
      const query = w === null ? async : `${async}&wait=${w}`;
      const [, waited] = plan(query, p === null ? undefined : `wait=${p}`, ASK, cap);
      expect(waited).toBeGreaterThanOrEqual(0);
      expect(waited).toBeLessThanOrEqual(cap);
    }),
  );
});
