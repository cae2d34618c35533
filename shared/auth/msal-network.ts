// msal's network module over our own outbound HTTP: msal's POST has no time-out and no retries. One per exchange.
// An outage (429, 5xx, no JSON, no reply) never reaches msal, whose throttle cache would turn one user's failure into
// everyone's for a minute and more; the reply is kept aside, because msal's errors lose parts of it.

import type { INetworkModule, NetworkResponse } from "@azure/msal-node";
import { decodeText } from "../outbound/decode-text.ts";
import { retryAfterMs } from "../outbound/retry-after.ts";
import type { OutboundReply, OutboundRequest, SendOutbound } from "../outbound/send-outbound.ts";
import { type EntraRefusal, readEntraRefusal } from "./entra-reply.ts";
import { parseJsonObject } from "./json-object.ts";

/** Why a token request got no token. */
export type NetworkTrouble =
  | { readonly kind: "outage"; readonly retryAfterMs?: number }
  | { readonly kind: "refused"; readonly refusal: EntraRefusal };

export interface MsalNetwork extends INetworkModule {
  /** What went wrong in the last request, undefined if nothing. */
  trouble(): NetworkTrouble | undefined;
}

export interface NetworkLimits {
  readonly tryTimeoutMs: number;
  readonly budgetMs: number;
}

const MAX_BYTES = 256 * 1024;

export function createMsalNetwork(
  send: SendOutbound,
  limits: NetworkLimits,
  now: () => number,
): MsalNetwork {
  let trouble: NetworkTrouble | undefined;

  const exchange = async <T>(request: OutboundRequest): Promise<NetworkResponse<T>> => {
    const reply = await send({ ...request, ...limits, maxBodyBytes: MAX_BYTES });
    trouble = readTrouble(reply, now());
    if (reply.kind !== "answered" || trouble?.kind === "outage") throw new Error("no answer");
    // msal declares the body's type but checks it itself; it is a JSON object, which readTrouble made sure of.
    const body = parseJsonObject(decodeText(reply.body)) as T;
    return { status: reply.status, headers: safeHeaders(reply.headers), body };
  };

  // Asking for a token twice does no harm, so POST may be repeated too.
  return {
    sendGetRequestAsync: (url, options) =>
      exchange({ method: "GET", url, headers: options?.headers ?? {}, retry: "safe" }),
    sendPostRequestAsync: (url, options) =>
      exchange({
        method: "POST",
        url,
        headers: options?.headers ?? {},
        body: options?.body ?? "",
        retry: "safe",
      }),
    trouble: () => trouble,
  };
}

function readTrouble(reply: OutboundReply, now: number): NetworkTrouble | undefined {
  if (reply.kind === "circuit_open") return { kind: "outage", retryAfterMs: reply.retryAfterMs };
  if (reply.kind !== "answered") return { kind: "outage" };
  if (reply.status === 429 || reply.status >= 500) {
    const asked = retryAfterMs(reply.headers.get("retry-after"), now);
    return asked === undefined ? { kind: "outage" } : { kind: "outage", retryAfterMs: asked };
  }
  const text = decodeText(reply.body);
  if (reply.status === 200 && parseJsonObject(text) !== undefined) return undefined;
  const refusal = readEntraRefusal(reply.status, text);
  return refusal === undefined ? { kind: "outage" } : { kind: "refused", refusal };
}

/** msal throttles on any non-2xx answer with `Retry-After`; we do our own waiting. */
function safeHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name !== "retry-after"));
}
