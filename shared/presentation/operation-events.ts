// The steps of an operation → the events that tell of them (design §3.4): each stage once, then the answer or the
// problem. Pure: time, framing and heartbeats are the HTTP layer's.

import type { OperationEvent } from "../contracts/operation-events.ts";
import { toProblem } from "../contracts/problem.ts";
import type { Operation } from "../operations/operation.ts";
import { type AskOutcome, type AskView, toAnswerOf } from "./ask-reply.ts";
import { isUnfinished } from "./operation-body.ts";

interface Seen {
  readonly operation: Operation;
}

/**
 * The first step's stage comes at once, so that a reconnect goes on from the present one. When the steps end before
 * the operation does, the last event is its stage: the client comes back.
 *
 * @param finish the outcome of a step whose operation is final; what it throws, the iteration throws
 */
export async function* operationEvents<Step extends Seen>(
  steps: AsyncIterable<Step>,
  finish: (last: Step) => Promise<OperationEvent>,
): AsyncGenerator<OperationEvent, void, undefined> {
  let last: Step | undefined;
  let isNews = false;
  for await (const step of steps) {
    isNews = !isSameStage(last?.operation, step.operation);
    last = step;
    if (isNews) yield stageEvent(step.operation);
  }
  if (last === undefined) return;
  if (!isUnfinished(last.operation)) yield await finish(last);
  else if (!isNews) yield stageEvent(last.operation);
}

/** The last event of a final operation; its stage again when its rows could not be read in time. */
export function toFinalEvent(outcome: AskOutcome, view: AskView): OperationEvent {
  switch (outcome.kind) {
    case "answered":
      return { event: "answer", data: toAnswerOf(outcome, view) };
    case "failed":
      return { event: "problem", data: toProblem(outcome.failure, view.problem) };
    case "unfinished":
      return stageEvent(outcome.operation);
  }
}

function stageEvent({ status, stage }: Operation): OperationEvent {
  return { event: "stage", data: { status, stage } };
}

function isSameStage(before: Operation | undefined, now: Operation): boolean {
  return before?.status === now.status && before.stage === now.stage;
}
