// Which events a stream of steps becomes: each stage once, and the right end.

import { describe, expect } from "vitest";
import { operationEventSchema } from "../../../shared/contracts/operation-events.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { Operation } from "../../../shared/operations/operation.ts";
import { operationEvents, toFinalEvent } from "../../../shared/presentation/operation-events.ts";
import { verifies } from "../../support/verifies.ts";
import { aFailed, aMessage, aQueued, aRunning, aSucceeded, aView, someRows } from "./builders.ts";

const finalEvent = { event: "problem", data: aProblem() } as const;

function aProblem() {
  const outcome = { operation: aFailed(), failure: aFailed().failure, source: null };
  const event = toFinalEvent({ kind: "failed", ...outcome }, aView());
  if (event.event === "problem") return event.data;
  throw new Error("a failed outcome is a problem");
}

async function* stepsOf(operations: readonly Operation[]) {
  for (const operation of operations) yield { operation };
}

/** `status/stage` of each stage event, else the event's name. */
async function told(operations: readonly Operation[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const { event, data } of operationEvents(
    stepsOf(operations),
    async () => finalEvent,
  )) {
    lines.push(event === "stage" ? `${data.status}/${data.stage}` : event);
  }
  return lines;
}

describe("the events of an operation", () => {
  verifies("http.events", "each stage once, then the end", async () => {
    expect(
      await told([
        aQueued(),
        aQueued({ nextAskAt: 1 }),
        aRunning({ stage: "SUBMITTED" }),
        aRunning(),
        aRunning({ nextPollAt: 1 }),
        aRunning({ stage: "waiting_for_user" }),
        aRunning(),
        aSucceeded(),
      ]),
    ).toEqual([
      "queued/waiting_for_slot",
      "running/SUBMITTED",
      "running/ASKING_AI",
      "running/waiting_for_user",
      "running/ASKING_AI",
      "succeeded/EXECUTING_QUERY",
      "problem",
    ]);
  });
  verifies("http.events", "a reconnect goes on from the present stage", async () => {
    expect(await told([aSucceeded()])).toEqual(["succeeded/EXECUTING_QUERY", "problem"]);
  });
  verifies("http.events", "a stream that ends before the operation ends with a stage", async () => {
    expect(await told([aQueued()])).toEqual(["queued/waiting_for_slot"]);
    expect(await told([aQueued(), aQueued()])).toEqual([
      "queued/waiting_for_slot",
      "queued/waiting_for_slot",
    ]);
    expect(await told([aQueued(), aRunning()])).toEqual([
      "queued/waiting_for_slot",
      "running/ASKING_AI",
    ]);
  });
  verifies("http.events", "no step, no event", async () => expect(await told([])).toEqual([]));

  verifies("http.events", "each stage is told before the next step is taken", async () => {
    const taken: string[] = [];
    async function* steps() {
      for (const operation of [aQueued(), aRunning()]) {
        taken.push(operation.status);
        yield { operation };
      }
    }
    const events = operationEvents(steps(), async () => finalEvent);
    await events.next();
    expect(taken).toEqual(["queued"]);
  });

  for (const [what, steps, finish] of [
    ["a step", failing(), async () => finalEvent],
    ["the reading of the answer", stepsOf([aSucceeded()]), () => Promise.reject(refusal())],
  ] as const) {
    verifies("http.events-bounded", `what ${what} throws is thrown on`, async () => {
      const events = operationEvents(steps, finish);
      await events.next();
      await expect(events.next()).rejects.toThrow(/data_forbidden/);
    });
  }
});

function refusal(): AppError {
  return new AppError({ code: "data_forbidden", detail: "No." });
}

async function* failing() {
  yield { operation: aRunning() };
  throw refusal();
}

describe("the last event", () => {
  const message = aMessage();
  const view = aView({ maxRows: 1 });

  verifies("http.events", "is the Answer, with at most max_rows rows", () => {
    const source = { message, results: [someRows()] };
    const event = toFinalEvent({ kind: "answered", operation: aSucceeded(), source }, view);
    expect(operationEventSchema.parse(event)).toMatchObject({
      event: "answer",
      data: { status: "completed", answer: "EMEA leads.", results: [{ rows: [{}] }] },
    });
  });
  verifies("http.events", "is the problem of a failed operation", () => {
    expect(operationEventSchema.parse(finalEvent)).toMatchObject({
      event: "problem",
      data: { status: 422, code: "genie_rephrase", request_id: "r1" },
    });
  });
  verifies("http.events", "is the stage again while the rows cannot be read", () => {
    const event = toFinalEvent(
      { kind: "unfinished", operation: aSucceeded(), source: null },
      aView(),
    );
    expect(operationEventSchema.parse(event)).toEqual({
      event: "stage",
      data: { status: "succeeded", stage: "EXECUTING_QUERY" },
    });
  });
});
