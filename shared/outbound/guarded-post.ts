// One POST to a host that a caller chose. Over node:https, because fetch cannot be told which address to use. It
// never retries, follows no redirect, uses no proxy, keeps no connection, and tells nothing of the reply but its status.

import type { ClientRequest, IncomingMessage } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import {
  type CheckedAddress,
  type ResolveHost,
  resolveByDns,
  resolveGuarded,
} from "./guarded-resolve.ts";

export interface GuardedPostRequest {
  /** https; anything else is a fault of the caller's code and throws. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Local runs only: a host that the settings name with its port may be this machine. */
  readonly allowsLoopback: boolean;
}

export type GuardedPostReply =
  | { readonly kind: "answered"; readonly status: number }
  /** The host has an address that is never connected to; no socket was opened. */
  | { readonly kind: "address_refused" }
  /** No address, no connection, no valid certificate, no reply head, or too late. */
  | { readonly kind: "failed" };

/** Never throws for what the network or the other side does. */
export type GuardedPost = (request: GuardedPostRequest) => Promise<GuardedPostReply>;

export interface GuardedPostOptions {
  readonly resolve?: ResolveHost;
  /** From the look-up to the end of the reply, whatever drips. Default 10 s (design §3.7). */
  readonly timeoutMs?: number;
}

/** The body of a reply is thrown away; this much of it is read, so that a polite receiver is not cut off. */
const MAX_REPLY_BYTES = 65_536;
/** Time for one address when there are several; Node's 250 ms fail a far-away receiver. */
const ADDRESS_TIMEOUT_MS = 2_000;

export function createGuardedPost(options: GuardedPostOptions = {}): GuardedPost {
  const { resolve = resolveByDns, timeoutMs = 10_000 } = options;
  return async (request) => {
    if (request.url.protocol !== "https:") throw new TypeError("guarded posts are https only");
    const host = request.url.hostname.replace(/^\[(.*)\]$/, "$1");
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const resolved = resolveGuarded(host, request.allowsLoopback, resolve);
      const addresses = await Promise.race([resolved, whenAborted(limit)]);
      if (addresses === undefined) return { kind: "address_refused" };
      return await postTo(addresses, request, limit);
    } catch {
      return { kind: "failed" };
    }
  };
}

function postTo(
  addresses: readonly CheckedAddress[],
  { url, headers, body }: GuardedPostRequest,
  signal: AbortSignal,
): Promise<GuardedPostReply> {
  return new Promise((settle) => {
    let status: number | undefined;
    const outgoing = httpsRequest(url, {
      method: "POST",
      headers,
      // Its own agent: no shared connection, no TLS session, and no proxy from the environment.
      agent: new Agent({
        keepAlive: false,
        maxCachedSessions: 0,
        autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
      }),
      lookup: alwaysAnswer(addresses),
      rejectUnauthorized: true, // also with NODE_TLS_REJECT_UNAUTHORIZED=0
      signal,
    });
    outgoing.on("response", (response) => {
      status = response.statusCode;
      discard(response, outgoing);
    });
    outgoing.on("error", () => {}); // `close` follows; after the head the status stands
    outgoing.on("close", () =>
      settle(status === undefined ? { kind: "failed" } : { kind: "answered", status }),
    );
    outgoing.end(body);
  });
}

/** Reads to the end of the reply, or drops the connection when that is too far. */
function discard(response: IncomingMessage, outgoing: ClientRequest): void {
  let size = 0;
  response.on("error", () => {});
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_REPLY_BYTES) outgoing.destroy();
  });
}

/** Node's hook for the look-up: answers with what was checked, whatever is asked. */
function alwaysAnswer(addresses: readonly CheckedAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family);
  };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
