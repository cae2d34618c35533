// One request of an action by the engine's documented rules (connectors.md §1.1, §1.2): 408, 429, 5xx and lost
// connections are repeated as the retry policy says, Retry-After is honoured, and some headers never leave.

import { setTimeout as sleep } from "node:timers/promises";
import { type RetryPolicy, secondsOf } from "./workflow-definition.ts";

export interface ActionRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly retryPolicy?: RetryPolicy;
}

/** How requests leave, and how fast the engine's time runs. */
export interface Wire {
  /** A test may lose replies on the way; nothing else. */
  readonly send: (uri: string, init: RequestInit) => Promise<Response>;
  /** Real milliseconds for each second that the engine waits. */
  readonly msPerSecond: number;
  /** The end of the run or of the action's time. */
  readonly signal?: AbortSignal;
}

export interface ActionReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Of an action that names none. */
const USUAL_POLICY: RetryPolicy = { type: "exponential", interval: "PT1S", count: 4 };
const STRIPPED =
  /^(accept-.*|allow|content-(?!(disposition|encoding|type)$).*|cookie|expires|host|last-modified|origin|set-cookie|transfer-encoding)$/i;

/** @throws the connection's error when the last try got no reply; the signal's reason when it ends before */
export async function sendRequest(request: ActionRequest, wire: Wire): Promise<ActionReply> {
  const policy = request.retryPolicy ?? USUAL_POLICY;
  const tries = policy.type === "none" ? 1 : policy.count + 1;
  for (let sent = 1; ; sent += 1) {
    const reply = await sendOnce(request, wire, sent === tries);
    if (reply !== undefined && (sent === tries || !isTransient(reply.status))) return reply;
    await pause(reply?.headers.get("retry-after") ?? null, intervalOf(policy, sent), wire);
  }
}

/** Waits as long as `Retry-After` or else the engine itself says. */
export async function pause(retryAfter: string | null, seconds: number, wire: Wire): Promise<void> {
  const { signal, msPerSecond } = wire;
  const wait = Number(retryAfter ?? seconds) * msPerSecond;
  await sleep(wait, undefined, signal === undefined ? {} : { signal });
}

async function sendOnce(
  { method, uri, headers, body }: ActionRequest,
  { send, signal }: Wire,
  isLast: boolean,
): Promise<ActionReply | undefined> {
  const kept = Object.entries(headers).filter(([name]) => !STRIPPED.test(name));
  try {
    const reply = await send(uri, {
      method,
      redirect: "manual",
      headers: Object.fromEntries(kept),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    return { status: reply.status, headers: reply.headers, text: await reply.text() };
  } catch (error) {
    signal?.throwIfAborted();
    if (isLast) throw error;
    return undefined;
  }
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function intervalOf(policy: RetryPolicy, sent: number): number {
  if (policy.type === "none") return 0;
  return secondsOf(policy.interval) * (policy.type === "fixed" ? 1 : 2 ** (sent - 1));
}
