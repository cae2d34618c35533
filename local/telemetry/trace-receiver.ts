// A collector on this machine: takes OTLP over HTTP (JSON) as a real one does, keeps the newest traces in memory and gives
// one out by its id. It writes nothing to disk and sends nothing on.

import {
  type LoopbackReply,
  type LoopbackRequest,
  type LoopbackServer,
  startLoopbackServer,
} from "../loopback-server.ts";
import { metricsOf, type ReceivedMetric, type ReceivedSpan, spansOf } from "./read-otlp.ts";

export interface TraceReceiver extends LoopbackServer {
  /** All spans of a trace that came so far; none for an unknown one. */
  spans(traceId: string): readonly ReceivedSpan[];
  readonly traceIds: readonly string[];
  /** The newest of each name and attributes. */
  readonly metrics: readonly ReceivedMetric[];
  /** Everything that came, as it came, up to 4 MB; for tests that look for what must not be in it. */
  readonly text: string;
}

const MOST_TRACES = 200;
const MOST_TEXT = 4_000_000;
const MOST_BODY = 8 * 1_048_576;

export async function startTraceReceiver(port = 0): Promise<TraceReceiver> {
  const traces = new Map<string, ReceivedSpan[]>();
  const metrics = new Map<string, ReceivedMetric>();
  let text = "";
  const keepSpans = (body: unknown) => {
    for (const span of spansOf(body)) {
      const known = traces.get(span.traceId) ?? [];
      traces.set(span.traceId, [...known, span]);
      const [oldest] = traces.keys();
      if (traces.size > MOST_TRACES && oldest !== undefined) traces.delete(oldest);
    }
  };
  const keepMetrics = (body: unknown) => {
    for (const metric of metricsOf(body)) {
      metrics.set(`${metric.name} ${JSON.stringify(metric.attributes)}`, metric);
    }
  };
  const handle = ({ method, url, text: body }: LoopbackRequest): LoopbackReply => {
    if (method === "GET") return give(url.pathname, traces);
    if (text.length < MOST_TEXT) text += `${body}\n`;
    if (url.pathname === "/v1/traces") keepSpans(JSON.parse(body));
    else if (url.pathname === "/v1/metrics") keepMetrics(JSON.parse(body));
    else return { status: 404 };
    return { status: 200, body: {} };
  };
  const server = await startLoopbackServer({ port, maxBodyBytes: MOST_BODY, handle });
  return {
    ...server,
    spans: (traceId: string) => traces.get(traceId) ?? [],
    get traceIds() {
      return [...traces.keys()];
    },
    get metrics() {
      return [...metrics.values()];
    },
    get text() {
      return text;
    },
  };
}

function give(path: string, traces: ReadonlyMap<string, ReceivedSpan[]>): LoopbackReply {
  const [, traceId = ""] = /^\/traces\/([0-9a-f]{32})$/.exec(path) ?? [];
  return traceId === "" ? { status: 404 } : { status: 200, body: traces.get(traceId) ?? [] };
}
