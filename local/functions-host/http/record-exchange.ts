// Writes down what clients got, for the check of the API document after the tests: one line of JSON per answer. It
// holds no request body, no request header and at most the first MiB of an answer. It only watches what is written to
// the response: nothing is delayed, changed or held back, and pauses of a slow client stay pauses.

import { appendFileSync, mkdirSync } from "node:fs";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { join } from "node:path";

/** One answer, as one line of a file `*.jsonl`. */
export interface RecordedExchange {
  readonly method: string;
  /** Path with query string, as it was sent. */
  readonly path: string;
  /** Route template of the function that was called; undefined: the host answered by itself. */
  readonly route: string | undefined;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: OutgoingHttpHeaders;
  /** What was kept of the body. */
  readonly body: string;
  /** `base64` where the body is no UTF-8 text. */
  readonly encoding: "utf8" | "base64";
  /** Bytes in all; more than were kept where the body is cut off. */
  readonly size: number;
  readonly isCutOff: boolean;
  /** False where the client went away or the worker broke off. */
  readonly isComplete: boolean;
}

export interface WatchedResponse {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: string | undefined;
}

export type RecordResponse = (watched: WatchedResponse) => void;

const MOST_KEPT = 1_048_576;

/** Appends to a file of this process alone, so that nobody's lines mix. @throws when the folder cannot be made */
export function createExchangeFile(folder: string): (exchange: RecordedExchange) => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}.jsonl`);
  // At once and not in the background: a worker that is killed next must not take it along.
  return (exchange) => appendFileSync(file, `${JSON.stringify(exchange)}\n`);
}

/** @throws when the folder cannot be made */
export function createRecorder(folder: string): RecordResponse {
  const append = createExchangeFile(folder);
  return ({ request, response, route }) => {
    const seen = watch(response);
    response.once("close", () => {
      if (!response.headersSent) return;
      const { method = "", url = "" } = request;
      const exchange: RecordedExchange = {
        ...{ method, path: url, route, status: response.statusCode },
        ...{ ...seen.told(), isComplete: response.writableFinished },
      };
      append(exchange);
    });
  };
}

function watch(response: ServerResponse) {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let kept = 0;
  let given: OutgoingHttpHeaders = {};
  const { write, end, writeHead } = response;
  const keep = (chunk: unknown): void => {
    if (typeof chunk !== "string" && !(chunk instanceof Uint8Array)) return;
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    const part = bytes.subarray(0, MOST_KEPT - kept);
    // A copy: whoever wrote the bytes may use their memory again, or give it away, once they are sent.
    if (part.length > 0) chunks.push(Buffer.from(part));
    size += bytes.length;
    kept += part.length;
  };
  Object.assign(response, {
    write: (...args: unknown[]) => {
      keep(args[0]);
      return Reflect.apply(write, response, args);
    },
    end: (...args: unknown[]) => {
      keep(args[0]);
      return Reflect.apply(end, response, args);
    },
    // Headers that are given here alone are not among `getHeaders` (Node's documentation of `writeHead`).
    writeHead: (status: number, headers: OutgoingHttpHeaders = {}) => {
      given = headers;
      return Reflect.apply(writeHead, response, [status, headers]);
    },
  });
  const headers = () => lowerCased({ ...response.getHeaders(), ...given });
  const told = () => ({ size, isCutOff: kept < size, headers: headers(), ...textOf(chunks, size) });
  return { told };
}

function lowerCased(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** A cut can go through the middle of a character: what stands before it is text all the same. */
function textOf(
  chunks: readonly Uint8Array[],
  size: number,
): Pick<RecordedExchange, "body" | "encoding"> {
  const bytes = Buffer.concat(chunks);
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return { body: decoder.decode(bytes, { stream: bytes.length < size }), encoding: "utf8" };
  } catch {
    return { body: bytes.toString("base64"), encoding: "base64" };
  }
}
