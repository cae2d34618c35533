// A file behind a link of somebody else (blob storage), read piece by piece. It sends nothing of ours (no token, no
// cookie), follows no redirect, and never logs or names the link: whoever holds it can read the file (threat model T9).

import { get as httpGet, type IncomingMessage } from "node:http";
import { get as httpsGet } from "node:https";
import type { Clock } from "../telemetry/clock.ts";
import { inSpan, type Span } from "../telemetry/spans.ts";
import { waitAtMost } from "../telemetry/wait-at-most.ts";
import { createAhead } from "./ahead-memory.ts";
import { type FileWatch, fileSpan, watchFile } from "./file-span.ts";
import { isLoopbackAddress } from "./guarded-addresses.ts";
import { letGoOfRead } from "./let-go.ts";

export interface FileRequest {
  readonly url: string;
  /** What the link itself asks for, for example a key of the storage. */
  readonly headers: Readonly<Record<string, string>>;
  /** Local runs only: http, and only to this machine. Everything else is https. */
  readonly allowsLoopbackHttp: boolean;
  readonly clock: Clock;
  /** Closes the file, in whatever state it is. */
  readonly signal: AbortSignal;
}

/** Bytes as they come (at most some hundred KiB), good until the next are asked for; its end, or that the connection broke or fell silent. */
export type FilePiece = Uint8Array | "end" | "broken";

export interface ExternalFile {
  /** Never throws. What is not asked for stays in the socket, and the time between two calls counts for nothing. */
  read(): Promise<FilePiece>;
  close(): void;
}

export type OpenFileReply =
  | { readonly kind: "open"; readonly file: ExternalFile }
  /** Any status but 200, redirects included. */
  | { readonly kind: "refused"; readonly status: number }
  /** Not https; nothing was sent. */
  | { readonly kind: "not_allowed" }
  /** No connection, or no head in time. */
  | { readonly kind: "failed" };

/** As `outbound.bounded`: no byte of the head for so long is a failure. */
const HEAD_TIMEOUT_MS = 10_000;
/** Twice of it between two pieces: storage that stalls mid-file is often only being moved. */
const IDLE_TIMEOUT_MS = 20_000;

/** Not the link's to set: they would name a caller or another host, or change how the reply is framed. */
const NEVER_SENT =
  /^(?:authorization|proxy-.*|cookie|host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-.*|range|accept-encoding)$/i;

/** Never throws for what the network, the link or the other side does. */
export async function openExternalFile(request: FileRequest): Promise<OpenFileReply> {
  if (!isAllowed(request)) return { kind: "not_allowed" };
  return inSpan(fileSpan(request.url), (span) => openInSpan(request, span));
}

async function openInSpan(request: FileRequest, span: Span): Promise<OpenFileReply> {
  const stop = new AbortController();
  const close = () => {
    request.signal.removeEventListener("abort", close);
    stop.abort();
  };
  request.signal.addEventListener("abort", close);
  if (request.signal.aborted) close();
  const response = await waitAtMost(
    request.clock,
    HEAD_TIMEOUT_MS,
    requestFile(request, stop.signal),
  );
  span.set("http.response.status_code", response?.statusCode);
  if (response?.statusCode === 200 && isPlain(response)) {
    const watch = watchFile(response, () => stop.signal.aborted);
    return { kind: "open", file: toFile(response, { clock: request.clock, close, watch }) };
  }
  close();
  span.fail(response === undefined ? "lost" : String(response.statusCode));
  return response && response.statusCode !== 200
    ? { kind: "refused", status: response.statusCode ?? 0 }
    : { kind: "failed" };
}

function isAllowed({ url, allowsLoopbackHttp }: FileRequest): boolean {
  const { protocol, hostname } = URL.parse(url) ?? {};
  if (protocol !== "http:" || hostname === undefined) return protocol === "https:";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return allowsLoopbackHttp && (host === "localhost" || isLoopbackAddress(host));
}

/** We ask for nothing compressed, and a small file that unpacks to gigabytes is nobody's. */
function isPlain({ headers }: IncomingMessage): boolean {
  return (headers["content-encoding"] ?? "identity") === "identity";
}

/**
 * Over node:http, not fetch: its pieces are larger and cost a third (docs/benchmarks.md, full-download). An error of it may
 * quote the link or a header, so it ends here.
 */
function requestFile(
  { url, headers }: FileRequest,
  signal: AbortSignal,
): Promise<IncomingMessage | undefined> {
  const sent = Object.entries(headers).filter(([name]) => !NEVER_SENT.test(name));
  const get = url.startsWith("http:") ? httpGet : httpsGet;
  const options = { headers: { ...Object.fromEntries(sent), "accept-encoding": "identity" } };
  return new Promise((resolve) => {
    try {
      const request = get(url, options, (response) => {
        response.on("error", () => {}); // seen where it is read; without a listener it would end the process
        resolve(response);
      }).on("error", () => resolve(undefined));
      // Not as an option: Node hands it on to the socket, which throws it at nobody once the reply is read.
      signal.addEventListener("abort", () => request.destroy(), { once: true });
      if (signal.aborted) request.destroy();
    } catch {
      resolve(undefined); // a header or an address that cannot be sent
    }
  });
}

interface FileTerms {
  readonly clock: Clock;
  readonly close: () => void;
  readonly watch: FileWatch;
}

function toFile(response: IncomingMessage, { clock, close, watch }: FileTerms): ExternalFile {
  const ahead = createAhead();
  let wake = () => {};
  letGoOfRead(response);
  // Paused first: what nobody has asked for stays in the socket.
  response.pause().on("data", (bytes: Buffer) => {
    watch.count(bytes.length); // first: nothing is left of them afterwards
    if (ahead.add(bytes)) response.pause();
    wake();
  });
  for (const event of ["end", "error", "close"]) response.on(event, () => wake());
  const more = () =>
    new Promise<"more">((resolve) => {
      wake = () => resolve("more");
      response.resume();
    });
  const pieceAtHand = (): FilePiece | undefined => {
    const bytes = ahead.take();
    if (bytes !== undefined) return bytes;
    if (response.readableEnded) return "end";
    return response.errored !== null || response.destroyed ? "broken" : undefined;
  };
  const stalled = (): FilePiece => {
    watch.fail("stalled");
    return "broken";
  };
  return {
    async read() {
      for (;;) {
        const next =
          pieceAtHand() ?? (await waitAtMost(clock, IDLE_TIMEOUT_MS, more())) ?? stalled();
        if (next === "more") continue;
        if (typeof next === "string") close();
        return next;
      }
    },
    close,
  };
}
