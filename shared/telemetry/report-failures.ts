// Tells in the log that telemetry could not be sent, and by what kind of failure: seldom, because a collector that is away
// fails every few seconds. Never by a message: it may quote an address, a key or what was sent.

import type { Clock } from "./clock.ts";
import type { Logger } from "./logger.ts";
import { waitAtMost } from "./wait-at-most.ts";

export type Signal = "spans" | "metrics";
export type ReportFailure = (signal: Signal, error: unknown) => void;

const PAUSE_MS = 10 * 60_000;
/** Longer than the exporters wait themselves; one of them waits for ever. */
const NO_ANSWER_MS = 15_000;
/** `ExportResultCode.SUCCESS` of OpenTelemetry. */
const SENT = 0;

export function createFailureReport(logger: Logger, clock: Clock): ReportFailure {
  // One each: metrics that fail every minute must not hide that spans are refused.
  const quietUntil = { spans: 0, metrics: 0 };
  return (signal, error) => {
    if (clock.now() < quietUntil[signal]) return;
    quietUntil[signal] = clock.now() + PAUSE_MS;
    logger.warn("telemetry_not_sent", { signal, reason: reasonOf(error) });
  };
}

interface Sends<Items> {
  export(items: Items, done: (result: Result) => void): unknown;
}
interface Result {
  readonly code: number;
  readonly error?: unknown;
}

/** Changes the exporter: from now on its failures are reported, too. Whoever sends is told as before. */
export function reportFailuresOf<Items>(
  exporter: Sends<Items>,
  signal: Signal,
  { report, clock }: { readonly report: ReportFailure; readonly clock: Clock },
): void {
  const send = exporter.export.bind(exporter);
  exporter.export = (items, done) => {
    const answered = new Promise<Result>((resolve) => {
      send(items, (result) => {
        done(result);
        resolve(result);
      });
    });
    void waitAtMost(clock, NO_ANSWER_MS, answered).then((result) => {
      if (result?.code !== SENT) report(signal, result === undefined ? NO_ANSWER : result.error);
    });
  };
}

const NO_ANSWER = { code: "no_answer" };
/** What the OTLP exporter says where it knows neither a status nor a code. */
const WORDS: Readonly<Record<string, string>> = {
  "Request timed out": "no_answer",
  "Export failed with retryable status": "unavailable",
};

/** A status, a code of the system or of ours, or the class of the error; the log's belt has the last word. */
function reasonOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  const part = (name: string): unknown => Reflect.get(error, name);
  if (part("failure") !== undefined) return reasonOf(part("failure"));
  const known =
    part("statusCode") ?? part("code") ?? WORDS[String(part("message"))] ?? part("name");
  return typeof known === "string" || typeof known === "number" ? String(known) : "unknown";
}
