// A file behind a link of somebody else (blob storage), read piece by piece. It sends nothing of ours (no token, no
// cookie), follows no redirect, and never logs or names the link: whoever holds it can read the file (threat model T9).

import type { Clock } from "../telemetry/clock.ts";
import { isLoopbackAddress } from "./guarded-addresses.ts";

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

/** Bytes as they come (at most some ten KiB), its end, or that the connection broke or fell silent. */
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

/** Ours, not the link's to set: they would name a caller, or another host than the one that was checked. */
const NEVER_SENT = /^(?:authorization|proxy-authorization|cookie|host)$/i;

/** Never throws for what the network, the link or the other side does. */
export async function openExternalFile(request: FileRequest): Promise<OpenFileReply> {
  if (!isAllowed(request)) return { kind: "not_allowed" };
  const stop = new AbortController();
  const close = () => {
    request.signal.removeEventListener("abort", close);
    stop.abort();
  };
  request.signal.addEventListener("abort", close);
  if (request.signal.aborted) close();
  const response = await within(HEAD_TIMEOUT_MS, request.clock, fetchFile(request, stop.signal));
  if (response?.status === 200 && response.body !== null) {
    return { kind: "open", file: toFile(response.body.getReader(), request.clock, close) };
  }
  close();
  return response ? { kind: "refused", status: response.status } : { kind: "failed" };
}

function isAllowed({ url, allowsLoopbackHttp }: FileRequest): boolean {
  const { protocol, hostname } = URL.parse(url) ?? {};
  if (protocol !== "http:" || hostname === undefined) return protocol === "https:";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return allowsLoopbackHttp && (host === "localhost" || isLoopbackAddress(host));
}

/** An error of fetch quotes the link or a header, so it ends here. */
async function fetchFile(
  { url, headers }: FileRequest,
  signal: AbortSignal,
): Promise<Response | undefined> {
  const sent = Object.entries(headers).filter(([name]) => !NEVER_SENT.test(name));
  try {
    return await fetch(url, { headers: Object.fromEntries(sent), redirect: "manual", signal });
  } catch {
    return undefined;
  }
}

function toFile(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  clock: Clock,
  close: () => void,
): ExternalFile {
  const readPiece = async (): Promise<FilePiece> => {
    try {
      const { done, value } = await reader.read();
      return done ? "end" : value;
    } catch {
      return "broken";
    }
  };
  return {
    async read() {
      const piece = (await within(IDLE_TIMEOUT_MS, clock, readPiece())) ?? "broken";
      if (typeof piece === "string") close();
      return piece;
    },
    close,
  };
}

/** What `work` gives, or undefined when that takes longer. `work` never rejects. */
async function within<T>(ms: number, clock: Clock, work: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController();
  const late = clock.sleep(ms, timer.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
