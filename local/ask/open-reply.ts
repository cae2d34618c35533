// A GET whose reply may take long as a whole, but never long between two bytes: who stays silent has stalled. What
// breaks off is an error here and never looks like an end.

import type { Clock } from "../../shared/telemetry/clock.ts";
import { NO_URL } from "./call-gateway.ts";
import type { Gateway } from "./find-gateway.ts";
import type { Failure } from "./outcome.ts";
import { pathOf, sendRequest } from "./send-request.ts";

/** Above the 20 s within which the gateway sends the first row of a file. */
export const SILENCE_MS = 60_000;

export interface Opening {
  readonly link: string;
  /** Media type. */
  readonly accept: string;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

export interface OpenReply {
  readonly kind: "open";
  readonly status: number;
  readonly headers: Headers;
  /** What was asked for. */
  readonly path: string;
  /** The body, read no faster than it is taken. @throws BrokenTransfer, or the signal's reason */
  pieces(): AsyncIterable<Uint8Array>;
  /** Nobody reads the body. */
  drop(): Promise<void>;
}

export class BrokenTransfer extends Error {}

/** @throws the signal's reason when it aborts */
export async function openReply(gateway: Gateway, opening: Opening): Promise<OpenReply | Failure> {
  const path = pathOf(opening.link, gateway);
  if (path === null) return NO_URL;
  const { accept } = opening;
  const watch = watchSilence(opening.clock);
  const signal = AbortSignal.any([opening.signal, watch.signal]);
  try {
    const sent = sendRequest(gateway, { method: "GET", path, accept, signal });
    const response = await watch.over(sent);
    const { status, headers } = response;
    const pieces = () => readPieces(response, watch, opening.signal);
    const drop = async () => response.body?.cancel();
    return { kind: "open", status, headers, path, pieces, drop };
  } catch {
    opening.signal.throwIfAborted();
    return { kind: "unreachable", baseUrl: gateway.baseUrl };
  }
}

/** The whole body of a short reply. @throws BrokenTransfer, or the signal's reason */
export async function readText(reply: OpenReply): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of reply.pieces()) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

async function* readPieces(
  response: Response,
  watch: Watch,
  stopped: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const body: ReadableStream<Uint8Array> | null = response.body;
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const next = await watch.over(reader.read());
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    stopped.throwIfAborted();
    const reason = watch.signal.aborted ? watch.reason : "The transfer broke off.";
    throw new BrokenTransfer(reason, { cause: error });
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

interface Watch {
  /** Aborts when what it watches over took too long. */
  readonly signal: AbortSignal;
  readonly reason: string;
  over<T>(work: Promise<T>): Promise<T>;
}

/** Counts the time in which we wait for the other side; not the time in which our own disk is slow. */
function watchSilence(clock: Clock): Watch {
  const stop = new AbortController();
  return {
    signal: stop.signal,
    reason: `Nothing came for ${SILENCE_MS / 1_000} s.`,
    over: (work) => {
      const done = new AbortController();
      clock.sleep(SILENCE_MS, done.signal).then(
        () => stop.abort(),
        () => {}, // it came in time
      );
      return work.finally(() => done.abort(IN_TIME));
    },
  };
}

/** One for all: a reason made anew for each piece would cost a stack. */
const IN_TIME = new Error("no silence");
