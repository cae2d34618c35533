// One span from its begin to the record of it that goes to the sink, or one that is dropped. It knows no span but its own: what
// is around what is known in spans.ts.

import { randomBytes } from "node:crypto";
import type { LogFields } from "./logger.ts";
import { safeAttributes, safeSpanName } from "./safe-attributes.ts";
import { recording, type SpanAttribute, type SpanKind, type SpanRecord } from "./sink.ts";
import type { TraceParent } from "./traceparent.ts";

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

export interface BegunSpan extends TraceParent {
  readonly span: Span;
  end(): void;
  /** The span then also waits for a first call of what it returns. */
  keepOpen(): () => void;
}

export const NO_SPAN: Span = { set() {}, fail() {} };

/** Not recorded, and whoever comes after it learns so from the flags. */
export function droppedSpan(traceId: string): BegunSpan {
  const end = () => {};
  return { traceId, spanId: newSpanId(), flags: "00", span: NO_SPAN, end, keepOpen: () => end };
}

export function beginSpan(
  start: SpanStart,
  { traceId, parentSpanId }: Pick<SpanRecord, "traceId" | "parentSpanId">,
): BegunSpan {
  const spanId = newSpanId();
  const attributes: Record<string, LogFields[string]> = { ...start.attributes };
  const startedAt = now();
  let failed = false;
  let open = 1;
  const span: Span = {
    set: (name, value) => {
      attributes[name] = value;
    },
    fail: (errorType) => {
      failed = true;
      attributes["error.type"] ??= errorType;
    },
  };
  const end = () => {
    open -= 1;
    if (open > 0) return;
    const { kind } = start;
    const endedAt = Math.max(startedAt, now());
    const name = safeSpanName(start.name);
    const told = { failed, attributes: safeAttributes(attributes) };
    const record = { name, kind, traceId, spanId, parentSpanId, startedAt, endedAt, ...told };
    recording()?.sink.span(record);
  };
  const keepOpen = () => {
    open += 1;
    let isOpen = true;
    return () => {
      if (isOpen) end();
      isOpen = false;
    };
  };
  return { traceId, spanId, flags: "01", span, end, keepOpen };
}

const newSpanId = () => randomBytes(8).toString("hex");
const now = () => recording()?.clock.now() ?? 0;
