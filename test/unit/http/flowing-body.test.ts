// What ends a body besides its pieces, where time decides; over sockets: test/integration/http/flowing-body.test.ts.

import { expect } from "vitest";
import { flowingBody, type StreamOutcome } from "../../../shared/http/flowing-body.ts";
import { verifies } from "../../support/verifies.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

const MINUTE_MS = 60_000;

function aBody(next: () => Promise<IteratorResult<Uint8Array, undefined>>) {
  const clock = createVirtualClock();
  const outcomes: StreamOutcome[] = [];
  let stops = 0;
  const stop = async () => {
    stops += 1;
    return { done: true, value: undefined } as const;
  };
  const body = flowingBody(
    { [Symbol.asyncIterator]: () => ({ next, return: stop }) },
    { response: "not_streamed", clock, report: (outcome) => outcomes.push(outcome) },
  );
  return { clock, reader: body.getReader(), outcomes, stops: () => stops };
}

const piece = { done: false, value: Buffer.from("row") } as const;

verifies(
  "reading.stream",
  "nine minutes are the end, before the host kills the worker",
  async () => {
    const { clock, reader, outcomes, stops } = aBody(async () => {
      clock.advance(MINUTE_MS);
      return piece;
    });
    const all = (async () => {
      while (!(await reader.read()).done);
    })();
    await expect(clock.run(all)).rejects.toThrow("late");
    expect(outcomes).toEqual([{ end: "late", bytes: expect.any(Number) }]);
    expect(outcomes[0]?.bytes).toBeGreaterThanOrEqual(8 * piece.value.length);
    expect(stops()).toBe(1);
  },
);

verifies(
  "reading.stream",
  "nine minutes are the end for a piece that does not come, too",
  async () => {
    const { clock, reader, outcomes, stops } = aBody(() => new Promise(() => {}));
    await expect(clock.run(reader.read())).rejects.toThrow("late");
    expect(outcomes).toEqual([{ end: "late", bytes: 0 }]);
    expect(stops()).toBe(1);
  },
);

verifies("reading.stream", "a body that has ended leaves no timer behind", async () => {
  const { clock, reader, outcomes, stops } = aBody(async () => ({ done: true, value: undefined }));
  expect(await clock.run(reader.read())).toEqual({ done: true, value: undefined });
  expect(outcomes).toEqual([{ end: "complete", bytes: 0 }]);
  expect(stops()).toBe(0);
});
