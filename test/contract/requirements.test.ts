// The manifest and the tests tell the same story: no promise without a test, no test for an unknown promise.
// Citations are read from the text of the tests: the id must stand there as a literal.

import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { requirements } from "../requirements/all.ts";

/** `verifies("id"`, also when the formatter put the id on a line of its own. */
function citedIn(source: string): string[] {
  return [...source.matchAll(/\bverifies\(\s*"([^"]+)"/g)].map(([, id = ""]) => id);
}

const cited = new Set(
  globSync("test/**/*.test.ts")
    .filter((file) => !file.endsWith("requirements.test.ts"))
    .flatMap((file) => citedIn(readFileSync(file, "utf8"))),
);

test("every requirement is cited by a test", () => {
  expect(Object.keys(requirements).filter((id) => !cited.has(id))).toEqual([]);
});

test("every cited requirement is in the manifest", () => {
  expect([...cited].filter((id) => !(id in requirements))).toEqual([]);
});

test("every requirement is one sentence that names its source", () => {
  const sentences = Object.entries(requirements);
  expect(sentences.length).toBeGreaterThan(20);
  expect(sentences.filter(([, text]) => !/§\d|Issue|Threat model T\d/.test(text))).toEqual([]);
});

test("every test that cites is a test that runs: none is skipped or focused", () => {
  const files = globSync("test/**/*.test.ts").filter(
    (file) => !file.endsWith("requirements.test.ts"),
  );
  const switchedOff = files.filter((file) =>
    /\b(test|describe|it)\.(skip|only|todo)\b/.test(readFileSync(file, "utf8")),
  );
  expect(switchedOff).toEqual([]);
});

test("a citation is found in the forms that tests use", () => {
  const id = "some.id";
  expect(citedIn(`verifies("${id}", "name", () => {});`)).toEqual([id]);
  expect(citedIn(`  verifies(\n    "${id}",\n    "name",`)).toEqual([id]);
  expect(citedIn(`test("${id}", () => {});`)).toEqual([]);
});
