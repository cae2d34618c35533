// Options of `npm run ask` and its exit codes.

import { expect, test } from "vitest";
import { readCommandLine } from "../../../../local/ask/command-line.ts";
import { exitCode } from "../../../../local/ask/outcome.ts";
import { anAnswer, anOperation, aProblem } from "./contract-bodies.ts";

test("the words of a question may stand apart", () => {
  expect(readCommandLine(["average", "delay", "--json"])).toEqual({
    kind: "ask",
    options: {
      question: "average delay",
      as: "user",
      print: "json",
      waitSeconds: 120,
      followUp: false,
      trace: false,
    },
  });
});

test("all options", () => {
  const args = ["--as", "no-space", "--space", "s", "--conversation", "c", "--wait", "1800", "x"];
  expect(readCommandLine(args)).toMatchObject({
    options: { as: "no-space", space: "s", conversation: "c", waitSeconds: 1_800 },
  });
});

test("what else to print, save and go on with", () => {
  expect(readCommandLine(["--card", "--csv", "a b.csv", "--follow-up", "x"])).toMatchObject({
    options: { print: "card", csv: "a b.csv", followUp: true },
  });
  expect(readCommandLine(["x"])).toMatchObject({ options: { print: "text" } });
});

test.each([
  [["--json", "--card", "x"], "--card"],
  [["--follow-up", "--conversation", "c", "x"], "--follow-up"],
  [["--csv", "", "x"], "--csv"],
  [["--csv", "-", "x"], "--csv"],
])("%j is wrong and says which option", (args, option) => {
  expect(readCommandLine(args)).toMatchObject({
    kind: "wrong",
    reason: expect.stringContaining(option),
  });
});

test.each([
  [[]],
  [["  "]],
  [["--wait", "0", "x"]],
  [["--wait", "1801", "x"]],
  [["--wait", "-1", "x"]],
  [["--wait", "1.5", "x"]],
  [["--wait", "soon", "x"]],
  [["--as", "somebody", "x"]],
  [["--as", "__proto__", "x"]],
  [["--nonsense", "x"]],
  [["--space"]],
])("%j is wrong", (args) => {
  expect(readCommandLine(args).kind).toBe("wrong");
});

test.each([["--help"], ["-h"]])("%s needs no question", (flag) => {
  expect(readCommandLine([flag])).toEqual({ kind: "help" });
});

test.each([
  [400, 2],
  [401, 3],
  [403, 3],
  [404, 2],
  [409, 4],
  [410, 4],
  [413, 2],
  [422, 4],
  [429, 5],
  [500, 1],
  [503, 5],
  [504, 5],
])("a problem of status %i ends with %i", (status, code) => {
  expect(exitCode({ kind: "problem", problem: aProblem(status) })).toBe(code);
});

test("the other outcomes", () => {
  expect(exitCode({ kind: "answered", answer: anAnswer() })).toBe(0);
  expect(exitCode({ kind: "unfinished", operation: anOperation("http://x") })).toBe(6);
  expect(exitCode({ kind: "unreachable", baseUrl: "http://x" })).toBe(5);
  expect(exitCode({ kind: "not_understood", status: 200, path: "/" })).toBe(1);
});
