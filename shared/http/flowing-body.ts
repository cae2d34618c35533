// A body that is made no faster than its client reads: the next piece is asked for when the response needs no
// `drain`, and never again once the client went away, stalled, or took longer than the platform lets an invocation
// last. It never throws: an error in a streamed body would leave the client hanging (functions-host.md §2), so the
// connection is broken off instead.

import type { ServerResponse } from "node:http";
import { ReadableStream, type ReadableStreamDefaultController } from "node:stream/web";
import type { Clock } from "../telemetry/clock.ts";

/** A client that takes nothing for so long gets nothing more. */
const IDLE_MS = 60_000;
const LOOK_MS = 5_000;
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
type Readiness = "ready" | "gone" | "stalled" | "late";

/** `pieces` is asked for one piece at a time, and told to stop (`return`) when no more is wanted. */
export function flowingBody(
  pieces: AsyncIterable<Uint8Array>,
  { response, clock, report }: FlowTerms,
): ReadableStream<Uint8Array> {
  const source = pieces[Symbol.asyncIterator]();
  const flow = watchFlow(response, clock);
  let bytes = 0;

  const end = (controller: Controller, how: StreamOutcome["end"], error?: unknown): void => {
    flow.end();
    if (how !== "complete") {
      source.return?.(undefined).catch(() => {}); // what it holds open is let go; nobody waits for that
      response?.destroy(); // a body that just ended would pass for the whole
    }
    controller.close();
    report({ end: how, bytes, ...errorCodeOf(error) });
  };

  const pull = async (controller: Controller): Promise<void> => {
    try {
      const readiness = await flow.readiness();
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

/** One look at the clock every few seconds for the whole body: a timer for each piece would cost more than the piece. */
function watchFlow(response: ServerResponse | undefined, clock: Clock) {
  const endAt = clock.now() + MAX_MS;
  const ended = new AbortController();
  let waiting: { readonly since: number; readonly resolve: (r: Readiness) => void } | undefined;
  const settle = (readiness: Readiness): void => {
    waiting?.resolve(readiness);
    waiting = undefined;
  };
  const onDrain = () => settle("ready");
  const onClose = () => settle("gone");
  response?.on("drain", onDrain).on("close", onClose);

  const look = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await clock.sleep(LOOK_MS, ended.signal);
      const now = clock.now();
      if (now >= endAt) settle("late");
      else if (waiting !== undefined && now - waiting.since >= IDLE_MS) settle("stalled");
    }
  };
  look().catch(() => {}); // aborted at the end

  return {
    readiness: (): Readiness | Promise<Readiness> => {
      if (clock.now() >= endAt) return "late";
      if (response?.destroyed) return "gone";
      if (!response?.writableNeedDrain) return "ready";
      return new Promise((resolve) => {
        waiting = { since: clock.now(), resolve };
      });
    },
    end: () => {
      ended.abort();
      response?.off("drain", onDrain).off("close", onClose);
    },
  };
}

function errorCodeOf(error: unknown): { error_code?: string } {
  return error instanceof Error ? { error_code: error.name } : {};
}
