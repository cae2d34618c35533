// The small readers of the development host: durations, message encoding, poll back-off, schedules.

import { expect, test } from "vitest";
import {
  decodeMessage,
  encodeMessage,
} from "../../../../local/functions-host/queues/queue-encoding.ts";
import { createPollDelay } from "../../../../local/functions-host/queues/queue-poll-delay.ts";
import { parseTimeSpan } from "../../../../local/functions-host/time-span.ts";
import { readSchedule } from "../../../../local/functions-host/timers/timer-schedule.ts";
import { verifies } from "../../../support/verifies.ts";

test.for([
  ["00:00:02", 2000],
  ["00:10:00", 600_000],
  ["1.02:03:04.5", 93_784_500],
  ["00:00:00.0500000", 50],
  ["01:30", 5_400_000],
  ["24:00:00", undefined],
  ["00:60:00", undefined],
  ["2", undefined],
  ["", undefined],
] as const)("TimeSpan '%s' is %s ms", ([text, ms]) => {
  expect(parseTimeSpan(text)).toBe(ms);
});

verifies("local.host-queues", "base64 is read as strictly as .NET reads it", () => {
  expect(decodeMessage(encodeMessage("grüße", "base64"), "base64")).toBe("grüße");
  expect(decodeMessage('{"a":1}', "base64")).toBeUndefined();
  expect(decodeMessage("abc", "base64")).toBeUndefined();
  expect(decodeMessage('{"a":1}', "none")).toBe('{"a":1}');
});

verifies("local.host-queues", "an empty queue is polled ever more slowly, up to the limit", () => {
  const delay = createPollDelay(2000, () => 0.5);
  const waits = Array.from({ length: 7 }, () => delay.afterEmpty());
  expect(waits).toEqual([100, 200, 400, 800, 1600, 2000, 2000]);
  delay.reset();
  expect(delay.afterEmpty()).toBe(100);
});

const from = Date.parse("2026-01-01T00:00:00Z");

test.for([
  ["0 */5 * * * *", "2026-01-01T00:05:00.000Z"],
  ["*/5 * * * *", "2026-01-01T00:05:00.000Z"],
  ["0 30 9 * * Mon-Fri", "2026-01-01T09:30:00.000Z"],
  // Day of month AND day of week: the first 13th that is a Friday.
  ["0 0 0 13 * 5", "2026-02-13T00:00:00.000Z"],
  ["00:01:30", "2026-01-01T00:01:30.000Z"],
] as const)("schedule '%s' runs next at %s", ([schedule, next]) => {
  const time = readSchedule(schedule)(from);
  expect(time === undefined ? undefined : new Date(time).toISOString()).toBe(next);
});

test.for(["", "whenever", "* * *", "0 61 * * * *", "2030-01-01T00:00:00"])(
  "schedule '%s' is refused",
  (schedule) => {
    expect(() => readSchedule(schedule)).toThrow();
  },
);
