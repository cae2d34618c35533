// Spans: what a piece of work was, how long it took and what it was part of. Calls nobody: a finished span goes to the
// sink. While nobody records, the work is done as if this were not here.

import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import type { LogFields } from "./logger.ts";
import { safeAttributes, safeSpanName } from "./safe-attributes.ts";
import { recording, type SpanAttribute, type SpanKind } from "./sink.ts";
import { readTraceparent, type TraceParent, writeTraceparent } from "./traceparent.ts";

export interface SpanStart {
  /** Method and route template, or the name of a function. Never a URL. */
  readonly name: string;
  readonly kind: SpanKind;
  /** `traceparent` from outside; without a valid one the span belongs to the span around it, or begins a trace. */
  readonly parent?: string | undefined;
  readonly attributes?: Readonly<Partial<Record<SpanAttribute, LogFields[string]>>>;
}

export interface Span {
  set(name: SpanAttribute, value: LogFields[string]): void;
  /** The work did not throw, but it failed. */
  fail(errorType: string): void;
}

type Store = (TraceParent & { readonly span: Span }) | "silent";

/** Flags 01: recorded. What callers say about that is not asked: Logic Apps always sends 00 (docs/adr/0018). */
const RECORDED = "01";
const NO_SPAN: Span = { set() {}, fail() {} };
const current = new AsyncLocalStorage<Store>();

/** Runs `work` as a span. A rejection ends the span as failed, and goes on. */
export function inSpan<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
  const around = current.getStore();
  if (recording() === undefined || around === "silent") return work(NO_SPAN);
  return record(start, readTraceparent(start.parent) ?? around, work);
}

async function record<T>(
  start: SpanStart,
  parent: TraceParent | undefined,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const traceId = parent?.traceId ?? randomBytes(16).toString("hex");
  const spanId = randomBytes(8).toString("hex");
  const attributes: Record<string, LogFields[string]> = { ...start.attributes };
  let failed = false;
  const span: Span = {
    set: (name, value) => {
      attributes[name] = value;
    },
    fail: (errorType) => {
      failed = true;
      attributes["error.type"] ??= errorType;
    },
  };
  const startedAt = now();
  try {
    return await current.run({ traceId, spanId, flags: RECORDED, span }, work, span);
  } catch (error) {
    span.fail(errorTypeOf(error));
    throw error;
  } finally {
    recording()?.sink.span({
      name: safeSpanName(start.name),
      kind: start.kind,
      traceId,
      spanId,
      parentSpanId: parent?.spanId,
      startedAt,
      endedAt: Math.max(startedAt, now()),
      failed,
      attributes: safeAttributes(attributes),
    });
  }
}

const now = () => recording()?.clock.now() ?? 0;

/** The code of our own failures, else the class alone: a message may hold upstream text. */
function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const failure = "failure" in error ? error.failure : undefined;
  const hasCode = typeof failure === "object" && failure !== null && "code" in failure;
  return hasCode ? String(failure.code) : error.name;
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
