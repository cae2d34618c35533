// One try behind the circuit of its origin, with a log line when it fails. The line says what happened and how
// long it took: never to whom, since a URL may hold ids or a secret.

import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { inSpan, type Span } from "../telemetry/spans.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { peerOf, routeTemplate } from "./route-template.ts";
import { createSentWatch } from "./sent-watch.ts";
import { type Try, type TryReply, tryOnce } from "./try-once.ts";

export type GuardedReply =
  | TryReply
  /** Nothing was sent, because the origin failed several times in a row. */
  | { readonly kind: "circuit_open"; readonly retryAfterMs: number };

/** Holds the circuits. `attempt` is 1-based and only logged. */
export function createGuardedTry(
  clock: Clock,
  logger: Logger,
): (request: Try, attempt: number) => Promise<GuardedReply> {
  const circuits = createCircuitBreaker(clock);
  const sentWatch = createSentWatch();

  return async (request, attempt) => {
    const openFor = circuits.enter(request.origin);
    if (openFor !== undefined) return { kind: "circuit_open", retryAfterMs: openFor };
    const startedAt = clock.now();
    const reply = await inSpan(spanOf(request, attempt), async (span) =>
      told(span, await tryOnce(request, sentWatch)),
    );
    if (!isOriginFailure(reply)) {
      circuits.succeeded(request.origin);
      return reply;
    }
    const status = reply.kind === "answered" ? reply.status : undefined;
    const ms = clock.now() - startedAt;
    logger.warn("outbound.try_failed", { outcome: reply.kind, status, attempt, ms });
    if (circuits.failed(request.origin)) logger.warn("outbound.circuit_opened");
    return reply;
  };
}

/** Method and template alone: the address itself holds ids, and perhaps a signature. */
function spanOf({ method, url }: Try, attempt: number) {
  const { pathname } = new URL(url);
  const template = routeTemplate(pathname);
  const name = `${method} ${template}`;
  return {
    name,
    kind: "client",
    attributes: {
      "http.request.method": method,
      "http.route": template,
      "peer.service": peerOf(pathname),
      "genie.try": attempt,
    },
  } as const;
}

function told(span: Span, reply: TryReply): TryReply {
  if (reply.kind !== "answered") span.fail(reply.kind);
  else {
    span.set("http.response.status_code", reply.status);
    if (reply.status >= 400) span.fail(String(reply.status));
  }
  return reply;
}

/** 429 is one caller's limit and 502/504 often one path's trouble: neither says that the origin is down. */
const isOriginFailure = (reply: TryReply): boolean =>
  reply.kind === "answered"
    ? reply.status === 503
    : reply.kind === "not_connected" || reply.kind === "lost";
