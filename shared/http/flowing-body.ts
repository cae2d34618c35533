// A body that is made no faster than its client reads: the next piece is asked for when the response needs no
// `drain`, and never again once the client went away, stalled, or took longer than the platform lets an invocation
// last. It never throws: an error in a streamed body would leave the client hanging (functions-host.md §2), so the
// connection is broken off instead.

import { ReadableStream, type ReadableStreamDefaultController } from "node:stream/web";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { OpenResponse } from "./open-responses.ts";
import { type FlowEnd, watchFlow } from "./watch-flow.ts";

export interface StreamOutcome {
  /** `gone`: the client went away; `stalled`: it read nothing for a minute; `late`: it took too long in all. */
  readonly end: "complete" | "failed" | FlowEnd;
  readonly bytes: number;
  readonly error_code?: string;
}

export interface FlowTerms {
  readonly response: OpenResponse;
  readonly clock: Clock;
  readonly report: (outcome: StreamOutcome) => void;
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

/**
 * `pieces` is asked for one piece at a time, and told to stop (`return`) as soon as no more is wanted, also while a
 * piece is awaited.
 */
export function flowingBody(
  pieces: AsyncIterable<Uint8Array>,
  { response, clock, report }: FlowTerms,
): ReadableStream<Uint8Array> {
  const source = pieces[Symbol.asyncIterator]();
  const flow = watchFlow(response, clock);
  let bytes = 0;

  const stop = (how: StreamOutcome["end"], error?: unknown): void => {
    flow.end();
    if (how !== "complete") {
      source.return?.(undefined).catch(() => {}); // what it holds open is let go; nobody waits for that
      if (typeof response !== "string") response.destroy(); // a body that just ended would pass for the whole
    }
    report({ end: how, bytes, ...errorCodeOf(error) });
  };
  const end = (controller: Controller, how: StreamOutcome["end"], error?: unknown): void => {
    stop(how, error);
    // Where bodies are passed on whole, an error is the way to break one off.
    if (how !== "complete" && response === "not_streamed") controller.error(new Error(how));
    else controller.close();
  };
  const nextPiece = async () => {
    await flow.ready();
    return source.next();
  };
  const pull = async (controller: Controller): Promise<void> => {
    try {
      const step = await flow.unlessEnded(nextPiece);
      if (typeof step === "string") return end(controller, step);
      if (step.done) return end(controller, "complete");
      bytes += step.value.byteLength;
      controller.enqueue(step.value);
    } catch (error) {
      end(controller, "failed", error);
    }
  };
  // 0: nothing is made before it is asked for.
  return new ReadableStream<Uint8Array>({ pull, cancel: () => stop("gone") }, { highWaterMark: 0 });
}

function errorCodeOf(error: unknown): { error_code?: string } {
  if (error instanceof AppError) return { error_code: error.failure.code };
  return error instanceof Error ? { error_code: error.name } : {};
}
