// Spans: what a piece of work was, how long it took and what it was part of. Calls nobody: a finished span goes to the
// sink. While nobody records, the work is done as if this were not here.

import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import {
  type BegunSpan,
  beginSpan,
  droppedSpan,
  NO_SPAN,
  type Span,
  type SpanStart,
} from "./begin-span.ts";
import type { LogFields } from "./logger.ts";
import { recording, type SpanAttribute } from "./sink.ts";
import { isKept, readTraceparent, writeTraceparent } from "./traceparent.ts";

export type { Span };

type Around = BegunSpan | "silent";

const current = new AsyncLocalStorage<Around>();

/** Runs `work` as a span. A rejection ends the span as failed, and goes on. */
export function inSpan<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
  const around = current.getStore();
  const recorder = recording();
  if (recorder === undefined || around === "silent") return work(NO_SPAN);
  const given = readTraceparent(start.parent);
  const parent = given ?? around;
  const traceId = parent?.traceId ?? randomBytes(16).toString("hex");
  // A request's parent is its caller's span; every other parent is a span of ours, and kept or dropped with its trace.
  const isOurs = parent !== undefined && start.kind !== "server";
  const kept = isOurs ? isKept(parent.flags) : recorder.sampler(traceId, parent?.flags);
  if (kept) return follow(beginSpan(start, { traceId, parentSpanId: parent?.spanId }), work);
  if (given === undefined && around !== undefined) return work(NO_SPAN); // part of what is dropped
  return follow(droppedSpan(traceId), work);
}

async function follow<T>(begun: BegunSpan, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await current.run(begun, work, begun.span);
  } catch (error) {
    begun.span.fail(errorTypeOf(error));
    throw error;
  } finally {
    begun.end();
  }
}

/** The code of our own failures, else the class alone: a message may hold upstream text. */
function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const failure = "failure" in error ? error.failure : undefined;
  const hasCode = typeof failure === "object" && failure !== null && "code" in failure;
  return hasCode ? String(failure.code) : error.name;
}

export interface OpenSpan extends Span {
  /** Does `work` as a part of the span, whoever calls. */
  run<T>(work: () => T): T;
  end(): void;
}

/** Lets the span around last beyond its work, until `end`: for what goes on behind an answer that has begun. */
export function keepSpanOpen(): OpenSpan {
  const around = current.getStore();
  if (typeof around !== "object") return { ...NO_SPAN, run: (work) => work(), end: () => {} };
  return { ...around.span, run: (work) => current.run(around, work), end: around.keepOpen() };
}

/** Tells something of the span around; nothing where there is none. */
export function annotate(name: SpanAttribute, value: LogFields[string]): void {
  const around = current.getStore();
  if (typeof around === "object") around.span.set(name, value);
}

/** The span around, for whoever comes after it in another process; undefined where there is none. */
export function currentTraceparent(): string | undefined {
  const around = current.getStore();
  return typeof around === "object" ? writeTraceparent(around) : undefined;
}

/** Of the span around; for log lines. */
export function currentTraceId(): string | undefined {
  const around = current.getStore();
  return typeof around === "object" ? around.traceId : undefined;
}

/** Nothing in `work` is recorded: the way of telemetry itself would make telemetry for ever. */
export function unrecorded<T>(work: () => T): T {
  return current.run("silent", work);
}
