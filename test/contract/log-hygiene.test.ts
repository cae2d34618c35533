// Shows that the log check fires on each thing it is there for; the check of the real logs is log-hygiene.ts.

import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { leaksIn } from "../support/log-leaks.ts";
import { SECRET_MARKERS } from "../support/secret-markers.ts";

const part = (text: string) => Buffer.from(JSON.stringify({ text })).toString("base64url");
const leaks: [kind: string, line: string][] = [
  ["a JWT", `token ${part("header")}.${part("claims")}.signature`],
  ["a bearer token", `authorization: bearer ${"opaque".repeat(5)}`],
  ["a Databricks token", `using ${"dapi"}${"0123456789abcdef".repeat(2)}`],
  ["an Entra client secret", `abc8Q${"~"}${"x9".repeat(17)}`],
  ["a secret in a form body", "grant_type=x&client_secret=hunter2hunter2"],
  ["a storage key", `Account${"Key"}=${"k".repeat(86)}==`],
  ["a signed link", `GET https://example/x?sv=1&${"sig"}=${"a%2F".repeat(8)}`],
  ["the question marker", `{"question":"delay ${SECRET_MARKERS.question}?"}`],
  ["the answer marker", SECRET_MARKERS.answer],
  ["the secret marker", encodeURIComponent(SECRET_MARKERS.secret.toUpperCase())],
];
for (const [kind, line] of leaks) {
  test(`finds ${kind} and does not repeat it`, () => {
    const found = leaksIn(`{"event":"ask.sent"}\n${line}\n`);
    expect(found).toEqual([`line 2: ${kind}`]);
  });
}

test("leaves the log lines of the gateway alone", () => {
  const lines = [
    '{"level":"info","event":"ask.accepted","operationId":"8f1Qk2Zp0aXy7LmNw3rTgA","status":202,"ms":412}',
    '{"level":"warn","event":"auth.refused","reason":"signature","requestId":"01f185d9-ec7e-1d0b"}',
    "GET /genie/operations/8f1Qk2Zp0aXy7LmNw3rTgA/result 200",
  ];
  expect(leaksIn(lines.join("\n"))).toEqual([]);
});

test("every test that runs the packed app leaves its log for the check", () => {
  const files = globSync(["test/e2e/**/*.test.ts", "test/chaos/**/*.test.ts"]).map((file) => ({
    file,
    source: readFileSync(file, "utf8"),
  }));
  const running = files.filter(({ source }) => /\binject\("packedApp"\)|\bstand\(\)/.test(source));
  expect(running.length).toBeGreaterThan(15);
  const silent = running.filter(({ source }) => !/\b(?:useStand|writeTestLog)\(/.test(source));
  expect(silent.map(({ file }) => file)).toEqual([]);
});

test("no two of them write the same log", () => {
  const names = globSync(["test/e2e/**/*.test.ts", "test/chaos/**/*.test.ts"]).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\b(?:useStand|writeTestLog)\(\s*"([^"]+)"/g)].map(
      ([, name]) => name,
    ),
  );
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
