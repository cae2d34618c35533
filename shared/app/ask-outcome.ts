// What an operation comes to when the wait is over: the answer with its rows, a failure, or "not yet".
// Reading the rows must not outlast the time the caller was promised, so it is raced against it.

import { AppError } from "../errors/app-error.ts";
import type { Operation } from "../operations/operation.ts";
import { isFinished, messageRefOf } from "../operations/operation-state.ts";
import type { Asker } from "../operations/ports.ts";
import { readAnswer } from "../operations/read-answer.ts";
import type { Step } from "../operations/step.ts";
import type { AskOutcome } from "../presentation/ask-reply.ts";
import { failureOf } from "../presentation/failures.ts";
import type { Clock } from "../telemetry/clock.ts";
import { waitAtMost } from "../telemetry/wait-at-most.ts";

export interface OutcomeRequest {
  readonly asker: Asker;
  readonly maxRows: number;
  /** Epoch ms at which the reply must be on its way; what is not known by then is "not yet". */
  readonly replyBy: number;
}

/** @throws AppError what Databricks refuses when the rows of a finished answer are read. */
export async function outcomeOf(
  clock: Clock,
  { operation, message }: Step,
  request: OutcomeRequest,
): Promise<AskOutcome> {
  const source = message === undefined ? null : { message, results: [] };
  if (!isFinished(operation)) return { kind: "unfinished", operation, source };
  const failure = failureOf(operation);
  if (failure !== undefined) return { kind: "failed", operation, failure, source };
  const step = { operation, ...(message === undefined ? {} : { message }) };
  const answered = await waitAtMost(
    clock,
    request.replyBy - clock.now(),
    answer(clock, step, request),
  );
  return answered ?? { kind: "unfinished", operation, source };
}

async function answer(
  clock: Clock,
  { operation, message }: Pick<Step, "operation" | "message">,
  { asker, maxRows }: OutcomeRequest,
): Promise<AskOutcome> {
  const genie = await asker.genie();
  const seen = message ?? (await genie.getMessage(refOf(operation)));
  return { kind: "answered", operation, source: await readAnswer({ genie, clock }, seen, maxRows) };
}

function refOf(operation: Operation) {
  const ref = messageRefOf(operation);
  if (ref !== undefined) return ref;
  throw new AppError({ code: "internal_error", detail: "A finished operation lacks its message." });
}
