// The trace of this run, read from the stand's collector: `npm run ask -- --trace`. It waits a little, because spans are sent
// in batches, and shows what is there then.

import { randomBytes } from "node:crypto";
import type { Clock } from "../../shared/telemetry/clock.ts";
import { writeTraceparent } from "../../shared/telemetry/traceparent.ts";
import { type ReceivedSpan, receivedSpans } from "../telemetry/read-otlp.ts";
import { parseJson } from "./call-gateway.ts";

const LOOK_MS = 500;
/** Nothing new for so long: that was all. The stand sends its spans every 0.2 s. */
const QUIET_LOOKS = 4;
const MOST_LOOKS = 30;

/** The trace that all requests of one run belong to. */
export interface RunTrace {
  readonly traceId: string;
  readonly traceparent: string;
}

export function newRunTrace(): RunTrace {
  const traceId = randomBytes(16).toString("hex");
  const spanId = randomBytes(8).toString("hex");
  return { traceId, traceparent: writeTraceparent({ traceId, spanId, flags: "01" }) };
}

/** @throws whatever `fetch` throws */
export async function readTrace(
  collectorUrl: string,
  { traceId }: RunTrace,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly ReceivedSpan[]> {
  let spans: readonly ReceivedSpan[] = [];
  let quiet = 0;
  for (let look = 0; look < MOST_LOOKS && quiet < QUIET_LOOKS; look++) {
    await clock.sleep(LOOK_MS, signal);
    const response = await fetch(`${collectorUrl}/traces/${traceId}`, { signal });
    const found = receivedSpans.parse(parseJson(await response.text()));
    quiet = found.length > 0 && found.length === spans.length ? quiet + 1 : 0;
    spans = found;
  }
  return spans;
}
