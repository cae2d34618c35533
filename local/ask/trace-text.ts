// The spans of one trace as a tree for a terminal: what ran inside what, when it began and how long it took. Pure.

import type { ReceivedSpan } from "../telemetry/read-otlp.ts";
import { plain } from "./plain-text.ts";

const KIND_OF_ROOT = "npm run ask";

/** A span whose parent is not among them stands at the top: the parent is this program, or came too late. */
export function traceText(spans: readonly ReceivedSpan[]): string {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const tops = spans.filter(
    ({ parentSpanId }) => parentSpanId === null || !known.has(parentSpanId),
  );
  const zero = Math.min(...spans.map(({ startedAt }) => startedAt));
  const [first] = spans;
  if (first === undefined) return "No spans.";
  const head = `Trace ${first.traceId}: ${spans.length} spans (start, duration)`;
  return plain([head, KIND_OF_ROOT, ...branches(tops, "", { spans, zero })].join("\n"));
}

interface Tree {
  readonly spans: readonly ReceivedSpan[];
  readonly zero: number;
}

function branches(level: readonly ReceivedSpan[], indent: string, tree: Tree): string[] {
  const sorted = level.toSorted((a, b) => a.startedAt - b.startedAt);
  return sorted.flatMap((span, index) => {
    const isLast = index === sorted.length - 1;
    const children = tree.spans.filter(({ parentSpanId }) => parentSpanId === span.spanId);
    const below = `${indent}${isLast ? "   " : "│  "}`;
    return [
      `${indent}${isLast ? "└─ " : "├─ "}${line(span, tree.zero)}`,
      ...branches(children, below, tree),
    ];
  });
}

function line({ name, startedAt, ms, failed, attributes }: ReceivedSpan, zero: number): string {
  const status = attributes["http.response.status_code"];
  const peer = attributes["peer.service"];
  const facts = [
    peer,
    status,
    attributes["genie.operation.status"],
    attributes["genie.callback.outcome"],
    failed ? `failed: ${attributes["error.type"] ?? "?"}` : undefined,
  ].filter((fact) => fact !== undefined);
  const when = `+${Math.round(startedAt - zero)} ms, ${Math.round(ms)} ms`;
  return `${name}  ${facts.join(" ")}  (${when})`.replace("    (", "  (");
}
