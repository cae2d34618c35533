// The arithmetic of waiting: Retry-After and back-off.

import fc from "fast-check";
import { expect, test } from "vitest";
import { retryAfterMs } from "../../../shared/outbound/retry-after.ts";
import { retryDelayMs } from "../../../shared/outbound/retry-delay.ts";

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

test.each([
  ["0", 0],
  ["7", 7_000],
  [" 120 ", 120_000],
  ["Mon, 23 Nov 2026 12:00:30 GMT", 30_000],
  ["Mon, 23 Nov 2026 11:59:00 GMT", 0],
])("Retry-After %j is %d ms", (value, ms) => {
  expect(retryAfterMs(value, NOW)).toBe(ms);
});

test.each([
  null,
  "",
  "-1",
  "1.5",
  "soon",
  "1e3",
  "0x10",
  "99999999999",
  "2026-11-23",
  "Mon, 99 Nov 2026 12:00:00 GMT",
])("Retry-After %j is as if absent", (value) => {
  expect(retryAfterMs(value, NOW)).toBeUndefined();
});

test("any value gives undefined or a whole number of ms that is not negative", () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const ms = retryAfterMs(value, NOW);
      return ms === undefined || (Number.isInteger(ms) && ms >= 0);
    }),
  );
});

test("a date is understood at any time", () => {
  const whole = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") });
  fc.assert(
    fc.property(whole, (date) => {
      const inSeconds = Math.floor(date.getTime() / 1000) * 1000;
      expect(retryAfterMs(date.toUTCString(), NOW)).toBe(Math.max(0, inSeconds - NOW));
    }),
  );
});

test("back-off has full jitter under a growing ceiling, and Retry-After is its lower bound", () => {
  const chance = fc.double({ min: 0, max: 0.999_999, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(60_000), chance, (attempt, asked, n) => {
      const ceiling = Math.min(5_000, 200 * 2 ** (attempt - 1));
      const delay = retryDelayMs(attempt, asked, () => n);
      expect(delay).toBeGreaterThanOrEqual(asked);
      expect(delay).toBeLessThanOrEqual(asked + ceiling);
    }),
  );
  expect(retryDelayMs(1, undefined, () => 0)).toBe(0);
  expect(retryDelayMs(3, undefined, () => 0.5)).toBe(400);
});
