// The W3C `traceparent`: the one form in which a trace crosses processes, in a header, a message and a record. It
// knows no `tracestate` and starts no trace.

export interface TraceParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: string;
}

// A later version may add fields after the flags (Trace Context §4.3), version 00 must not.
const TRACEPARENT =
  /^(?:00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})|(?!ff|00)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?)$/;

/** Undefined for what the standard says to ignore. */
export function readTraceparent(text: unknown): TraceParent | undefined {
  if (typeof text !== "string") return undefined;
  const [, traceId, spanId, flags] = TRACEPARENT.exec(text)?.filter(Boolean) ?? [];
  if (!traceId || !spanId || !flags || /^0+$/.test(traceId) || /^0+$/.test(spanId))
    return undefined;
  return { traceId, spanId, flags };
}

/** The flag `sampled`: whoever comes after records, too. */
export function isKept(flags: string): boolean {
  return (Number.parseInt(flags, 16) & 1) === 1;
}

export function writeTraceparent({ traceId, spanId, flags }: TraceParent): string {
  return `00-${traceId}-${spanId}-${flags}`;
}
