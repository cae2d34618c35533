// docs/errors.md as GitHub shows it: an anchor for each code, and links that lead somewhere. That it is what the data
// make of it is checked with the other generated documents.

import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { ERROR_CATALOGUE } from "../../shared/errors/error-catalogue.ts";
import { verifies } from "../support/verifies.ts";

const committed = readFileSync("docs/errors.md", "utf8");

verifies("guides.every-code", "docs/errors.md has an anchor and a heading for each code", () => {
  const entries = [...committed.matchAll(/^<a id="(\w+)"><\/a>\n\n### `(\w+)`: (.+)$/gm)];
  const told = entries.map(([, anchor, code, title]) => ({ anchor, code, title }));
  const codes = Object.entries(ERROR_CATALOGUE).toSorted(
    ([, one], [, other]) => one.status - other.status,
  );
  expect(told).toEqual(codes.map(([code, { title }]) => ({ anchor: code, code, title })));
});

verifies("guides.every-code", "every link of docs/errors.md resolves", () => {
  const targets = [...committed.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
  const anchors = new Set([...committed.matchAll(/<a id="(\w+)">/g)].map(([, id]) => `#${id}`));
  expect(targets.length).toBeGreaterThanOrEqual(Object.keys(ERROR_CATALOGUE).length);
  const broken = targets.filter(
    (target) => !(anchors.has(target) || /^https:\/\/[\w.-]+(\/\S*)?$/.test(target)),
  );
  expect(broken).toEqual([]);
});
