// HTTP to others: tries within a time budget, retries only where the caller says it is safe, a circuit per origin.
// It never throws for what the other side does, never follows a redirect and never logs a URL, header or body.

import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { createGuardedTry, type GuardedReply } from "./guarded-try.ts";
import { retryAfterMs } from "./retry-after.ts";
import { retryDelayMs } from "./retry-delay.ts";
import type { Try } from "./try-once.ts";

export interface OutboundRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `safe`: may be sent again after a failure. `never`: sent at most once, whatever happens. */
  readonly retry: "safe" | "never";
  /** Default 10,000. */
  readonly tryTimeoutMs?: number;
  /** All tries and the pauses between them; default 20,000. */
  readonly budgetMs?: number;
  /** After decompression; default 32 MiB. */
  readonly maxBodyBytes?: number;
}

export type OutboundReply =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: Headers;
      /** As it came; `decodeText` makes text of it. */
      readonly body: Uint8Array<ArrayBuffer>;
    }
  /** Nothing was sent. */
  | { readonly kind: "not_connected" }
  /** Sent, or perhaps sent, and then a time-out, a reset or a body over the limit. */
  | { readonly kind: "lost" }
  /** Nothing was sent, because the origin failed several times in a row. */
  | { readonly kind: "circuit_open"; readonly retryAfterMs: number };

/** Resolves with the last reply when the budget is spent. Throws only for a request that can never be sent. */
export type SendOutbound = (request: OutboundRequest) => Promise<OutboundReply>;

export interface OutboundDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 ≤ n < 1, for the jitter. */
  readonly random?: () => number;
}

const MAX_TRIES = 5;
const RETRIED_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** One per process: it holds the circuits. */
export function createOutbound({
  clock,
  logger,
  random = Math.random,
}: OutboundDeps): SendOutbound {
  const tryGuarded = createGuardedTry(clock, logger);
  return async (request) => {
    const deadline = clock.now() + (request.budgetMs ?? 20_000);
    const prepared = prepareTry(request);
    for (let attempt = 1; ; attempt++) {
      const timeoutMs = Math.max(1, Math.min(prepared.timeoutMs, deadline - clock.now()));
      const reply = await tryGuarded({ ...prepared, timeoutMs }, attempt);
      const again = request.retry === "safe" && attempt < MAX_TRIES && isWorthRetrying(reply);
      const pause = retryDelayMs(attempt, waitAskedFor(reply, clock.now()), random);
      if (!again || clock.now() + pause >= deadline) {
        return reply.kind === "oversized" ? { kind: "lost" } : reply;
      }
      await clock.sleep(pause);
    }
  };
}

/** A request that fetch would refuse is a bug of ours; the platform's own error would quote the header, token included. */
function prepareTry(request: OutboundRequest): Try {
  try {
    return {
      method: request.method,
      origin: new URL(request.url).origin,
      url: request.url,
      headers: new Request(request.url, {
        method: request.method,
        headers: request.headers ?? {},
        body: request.body ?? null,
      }).headers,
      body: request.body,
      timeoutMs: request.tryTimeoutMs ?? 10_000,
      maxBodyBytes: request.maxBodyBytes ?? 32 * 1024 * 1024,
    };
  } catch {
    // biome-ignore lint/style/useErrorCause: the cause would quote a header or the URL
    throw new AppError({ code: "internal_error", detail: "An outgoing request was not valid." });
  }
}

const isWorthRetrying = (reply: GuardedReply): boolean =>
  reply.kind === "answered"
    ? RETRIED_STATUSES.has(reply.status)
    : reply.kind === "not_connected" || reply.kind === "lost";

const waitAskedFor = (reply: GuardedReply, now: number): number | undefined =>
  reply.kind === "answered" ? retryAfterMs(reply.headers.get("retry-after"), now) : undefined;
