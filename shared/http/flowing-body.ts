// A body that is made no faster than its client reads: the next piece is asked for when the response needs no
// `drain`, and never again once the client went away, stalled, or took longer than the platform lets an invocation
// last. It never throws: an error in a streamed body would leave the client hanging (functions-host.md §2), so the
// connection is broken off instead.

import type { ServerResponse } from "node:http";
import { ReadableStream, type ReadableStreamDefaultController } from "node:stream/web";
import type { Clock } from "../telemetry/clock.ts";

/** A client that takes nothing for so long gets nothing more. */
const IDLE_MS = 60_000;
/** An invocation lasts as long as its body; at `functionTimeout` (host.json: 10 min) the host kills the whole worker. */
const MAX_MS = 9 * 60_000;

export interface StreamOutcome {
  /** `gone`: the client went away; `stalled`: it read nothing for a minute; `late`: it took too long in all. */
  readonly end: "complete" | "gone" | "stalled" | "late" | "failed";
  readonly bytes: number;
  readonly error_code?: string;
}

export interface FlowTerms {
  /** Undefined where the body does not stream: then everything is made at once. */
  readonly response: ServerResponse | undefined;
  readonly clock: Clock;
  readonly report: (outcome: StreamOutcome) => void;
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

/** `pieces` is asked for one piece at a time, and told to stop (`return`) when no more is wanted. */
export function flowingBody(
  pieces: AsyncIterable<Uint8Array>,
  { response, clock, report }: FlowTerms,
): ReadableStream<Uint8Array> {
  const source = pieces[Symbol.asyncIterator]();
  const endAt = clock.now() + MAX_MS;
  let bytes = 0;

  const end = (controller: Controller, how: StreamOutcome["end"], error?: unknown): void => {
    if (how !== "complete") {
      source.return?.(undefined).catch(() => {}); // what it holds open is let go; nobody waits for that
      response?.destroy(); // a body that just ended would pass for the whole
    }
    controller.close();
    report({ end: how, bytes, ...errorCodeOf(error) });
  };

  const pull = async (controller: Controller): Promise<void> => {
    try {
      const readiness = await readinessOf(response, clock, endAt);
      if (readiness !== "ready") return end(controller, readiness);
      const { done, value } = await source.next();
      if (done) return end(controller, "complete");
      bytes += value.byteLength;
      controller.enqueue(value);
    } catch (error) {
      end(controller, "failed", error);
    }
  };
  // 0: nothing is made before it is asked for.
  return new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
}

type Readiness = "ready" | "gone" | "stalled" | "late";

async function readinessOf(
  response: ServerResponse | undefined,
  clock: Clock,
  endAt: number,
): Promise<Readiness> {
  if (clock.now() >= endAt) return "late";
  if (response === undefined) return "ready";
  if (response.destroyed) return "gone";
  if (!response.writableNeedDrain) return "ready";
  const timer = new AbortController();
  const idle = clock
    .sleep(Math.min(IDLE_MS, endAt - clock.now()), timer.signal)
    .then((): Readiness => "stalled")
    .catch((): Readiness => "ready"); // aborted below
  try {
    return await Promise.race([drained(response, timer.signal), idle]);
  } finally {
    timer.abort();
  }
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<Readiness> {
  return new Promise((resolve) => {
    const onDrain = () => resolve("ready");
    const onClose = () => resolve("gone");
    response.once("drain", onDrain).once("close", onClose);
    signal.addEventListener("abort", () => {
      response.off("drain", onDrain).off("close", onClose);
    });
  });
}

function errorCodeOf(error: unknown): { error_code?: string } {
  if (!(error instanceof Error)) return {};
  return { error_code: error.name };
}
