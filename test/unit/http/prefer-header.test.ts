// The Prefer header: what counts, and that nothing a caller writes can make it fail.

import fc from "fast-check";
import { describe, expect } from "vitest";
import { readPreferences } from "../../../shared/http/prefer-header.ts";
import { verifies } from "../../support/verifies.ts";

const NONE = { respondAsync: false, waitSeconds: undefined };

describe("readPreferences", () => {
  for (const [header, respondAsync, waitSeconds] of [
    [null, false, undefined],
    ["", false, undefined],
    ["wait=10", false, 10],
    ["WAIT = 10", false, 10],
    ['wait="10"', false, 10],
    ["wait=0", false, 0],
    ["respond-async", true, undefined],
    ["Respond-Async", true, undefined],
    ["respond-async, wait=5", true, 5],
    ["wait=5,respond-async;foo=bar", true, 5],
    ["wait=5;level=high", false, 5],
    ['respond-async=""', true, undefined],
    ['handling="a, wait=99; \\" b", wait=3', false, 3],
    ["wait=3, wait=4", false, 3],
    ["wait=soon, wait=4", false, undefined],
    [", ,;=, wait=7 ,", false, 7],
    ["wait", false, undefined],
    ["wait=-1", false, undefined],
    ["wait=1.5", false, undefined],
    ["wait=1e2", false, undefined],
    ["wait=9999999999", false, 9_999_999_999],
    ["respond-async=true", false, undefined],
    ['handling="open quote, wait=3', false, undefined],
    ["return=minimal", false, undefined],
  ] as const) {
    verifies("http.preference-applied", `reads ${JSON.stringify(header)}`, () => {
      expect(readPreferences(header)).toEqual({ respondAsync, waitSeconds });
    });
  }

  verifies("http.preference-applied", "no text makes it throw or gives a wild number", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (header) => {
        const { waitSeconds = 0 } = readPreferences(header);
        expect(waitSeconds).toBeGreaterThanOrEqual(0);
        expect(waitSeconds).toBeLessThan(1e9);
      }),
    );
  });

  verifies("http.preference-applied", "a wait among other preferences is found", () => {
    const other = fc.constantFrom("return=minimal", "handling=lenient; x", 'a="b,c"', "d", " ");
    fc.assert(
      fc.property(fc.array(other), fc.array(other), fc.nat(999), (before, after, seconds) => {
        const header = [...before, `wait=${seconds}`, ...after].join(",");
        expect(readPreferences(header)).toEqual({ ...NONE, waitSeconds: seconds });
      }),
    );
  });

  verifies("http.preference-applied", "a header of 16 KB of quotes is read in linear time", () => {
    const started = performance.now();
    readPreferences('"\\'.repeat(8_192));
    readPreferences('a="b",'.repeat(3_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
