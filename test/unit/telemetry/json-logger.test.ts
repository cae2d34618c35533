// What the log lets through, and that a line cannot be forged.

import { describe, expect } from "vitest";
import { createJsonLogger } from "../../../shared/telemetry/json-logger.ts";
import { safeLogValue } from "../../../shared/telemetry/safe-log-value.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

describe("a value", () => {
  for (const value of [
    "query-obo",
    "PENDING_WAREHOUSE",
    "72f988bf-0000-4000-8000-2d7cd011db47",
    "01f0a1b2c3d4e5f60718293a4b5c6d7e",
    "user:72f988bf-0000-4000-8000-2d7cd011db47:5f1d2a3b-0000-4000-8000-0123456789ab",
    "genie/conversation/{conversation_id}/messages",
    "x".repeat(64),
    "",
    12,
    true,
    undefined,
  ]) {
    verifies("http.log-belt", `${JSON.stringify(value)} passes`, () => {
      expect(safeLogValue(value)).toBe(value);
    });
  }
  for (const value of [
    "average delay by carrier",
    "revenue?",
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
    `dapi${"0".repeat(32)}`,
    "whsec_abc",
    "AccountKey=abc==",
    "a~b",
    "x".repeat(65),
    "a.".repeat(65),
    "line\nbreak",
    "Umsatz-für-März",
  ]) {
    verifies("http.log-belt", `${JSON.stringify(value).slice(0, 40)} is redacted`, () => {
      expect(safeLogValue(value)).toBe("[redacted]");
    });
  }
});

verifies("http.log-belt", "a line is one JSON object whose fixed fields cannot be replaced", () => {
  const lines: [string, string][] = [];
  const clock = createVirtualClock(Date.UTC(2026, 10, 23));
  const logger = createJsonLogger(clock, (level, line) => lines.push([level, line]));
  logger.info("request", { status: 200, level: "fatal", event: "other", time: "never", a: "b c" });
  logger.warn("request");
  logger.error("boom\n{}", { gone: undefined });
  expect(lines.map(([level]) => level)).toEqual(["info", "warn", "error"]);
  expect(lines.map(([, line]) => JSON.parse(line))).toEqual([
    {
      time: "2026-11-23T00:00:00.000Z",
      level: "info",
      event: "request",
      status: 200,
      a: "[redacted]",
    },
    { time: "2026-11-23T00:00:00.000Z", level: "warn", event: "request" },
    { time: "2026-11-23T00:00:00.000Z", level: "error", event: "[redacted]" },
  ]);
  expect(lines.every(([, line]) => !line.includes("\n"))).toBe(true);
});
