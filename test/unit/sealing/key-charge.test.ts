// Which key version makes ids out of hashes: all workers must agree, and no id may be lost in a rotation.

import fc from "fast-check";
import { expect } from "vitest";
import { newestFirst, versionsForHashes } from "../../../shared/sealing/key-charge.ts";
import { verifies } from "../../support/verifies.ts";

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 10, 23);
const at = (version: string, hoursAgo: number) => ({
  version,
  createdAt: NOW - hoursAgo * HOUR_MS,
});
const idsFor = (versions: readonly { version: string; createdAt: number }[]) =>
  versionsForHashes(versions, NOW).map(({ version }) => version);

verifies("sealing.hashes", "a new version waits a day until every worker knows it", () => {
  expect(idsFor([])).toEqual([]);
  expect(idsFor([at("a", 0)])).toEqual(["a"]);
  expect(idsFor([at("a", 500), at("b", 1)])).toEqual(["a"]);
  expect(idsFor([at("b", 23.95), at("a", 500)])).toEqual(["a", "b"]);
  expect(idsFor([at("a", 500), at("b", 24)])).toEqual(["b", "a"]);
  expect(idsFor([at("a", 500), at("b", 48)])).toEqual(["b", "a"]);
  expect(idsFor([at("a", 500), at("b", 49)])).toEqual(["b"]);
});

verifies("sealing.hashes", "several rotations in a day", () => {
  expect(idsFor([at("a", 500), at("b", 30), at("c", 25), at("d", 1)])).toEqual(["c", "b", "a"]);
});

verifies(
  "sealing.hashes",
  "workers with lists of different age use one key, or look under the other's",
  () => {
    const ages = fc.array(fc.integer({ min: 0, max: 80 * 60 }), { minLength: 1, maxLength: 6 });
    const lateBy = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(ages, lateBy, (minutesAgo, minutes) => {
        const all = minutesAgo.map((age, index) => at(String(index), age / 60));
        const known = all.filter(({ createdAt }) => createdAt <= NOW - minutes * 60_000);
        fc.pre(known.length > 0);
        expect(idsFor(known)[0]).toBe(idsFor(all)[0]);
      }),
    );
  },
);

verifies("sealing.hashes", "what was hashed in the last 24 hours is still looked for", () => {
  const ages = fc.array(fc.integer({ min: 0, max: 80 * 60 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(ages, fc.integer({ min: 0, max: 24 * 60 }), (minutesAgo, minutes) => {
      const all = minutesAgo.map((age, index) => at(String(index), age / 60));
      const then = NOW - minutes * 60_000;
      const known = all.filter(({ createdAt }) => createdAt <= then);
      fc.pre(known.length > 0);
      const [used] = versionsForHashes(known, then);
      expect(idsFor(all)).toContain(used?.version);
    }),
  );
});

verifies("sealing.rotation", "versions of one second have one order", () => {
  const versions = [at("b", 1), at("a", 1), at("c", 2)];
  const order = ["b", "a", "c"];
  expect(newestFirst(versions).map(({ version }) => version)).toEqual(order);
  expect(newestFirst(versions.toReversed()).map(({ version }) => version)).toEqual(order);
});
