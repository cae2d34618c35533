// Reads a request body with a bound on size and on time (design §3.1 "Body").
// `Content-Length` is not looked at: it may lie or be missing; only what really arrives counts.

import type { ReadableStream, ReadableStreamDefaultReader } from "node:stream/web";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../telemetry/clock.ts";
import { invalidRequest } from "./invalid-request.ts";

const MAX_BYTES = 256 * 1024;
const MAX_MS = 10_000;

type Reader = ReadableStreamDefaultReader<unknown>;

/**
 * The whole body.
 * @throws AppError `payload_too_large`, or `invalid_request` when it breaks off or does not arrive in time.
 */
export async function readBody(stream: ReadableStream | null, clock: Clock): Promise<Uint8Array> {
  if (stream === null) return new Uint8Array();
  const reader: Reader = stream.getReader();
  const finished = new AbortController();
  try {
    return await Promise.race([readAll(reader, clock), lateness(clock, finished.signal)]);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw invalidRequest([{ pointer: "", detail: "the body broke off" }], { cause: error });
  } finally {
    finished.abort();
  }
}

async function readAll(reader: Reader, clock: Clock): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    if (!(value instanceof Uint8Array)) throw new TypeError("a body of bytes was expected");
    size += value.byteLength;
    if (size > MAX_BYTES) {
      void discardRest(reader, clock);
      throw new AppError({
        code: "payload_too_large",
        detail: `The body has more than ${MAX_BYTES / 1024} KiB.`,
      });
    }
    chunks.push(value);
  }
}

async function lateness(clock: Clock, signal: AbortSignal): Promise<never> {
  await clock.sleep(MAX_MS, signal);
  throw invalidRequest([
    { pointer: "", detail: `the body did not arrive within ${MAX_MS / 1_000} seconds` },
  ]);
}

/**
 * A stream that is cancelled cuts the connection before the answer is out, and a client that is still
 * sending would not read it: what comes is thrown away, for as long as a body may take.
 */
async function discardRest(reader: Reader, clock: Clock): Promise<void> {
  const until = clock.now() + MAX_MS;
  try {
    while (clock.now() < until && !(await reader.read()).done);
  } catch {
    // The client went away: nothing is left to discard.
  }
}
