// A failure as an HTTP answer: RFC 9457 body plus the headers that belong to its status (design §3.9).

import { type ProblemContext, toProblem } from "../contracts/problem.ts";
import type { Failure } from "../errors/app-error.ts";
import type { Reply } from "./route-input.ts";
import { challengeFor } from "./www-authenticate.ts";

/** Seconds for a 429 or 503 whose cause names no time of its own. */
const STANDARD_RETRY_AFTER = 10;

export function problemReply(
  failure: Failure,
  context: ProblemContext & { readonly tokenWasSent: boolean },
): Reply {
  const body = toProblem(failure, context);
  const headers: Record<string, string> = { "Content-Type": "application/problem+json" };
  if (body.status === 401) {
    headers["WWW-Authenticate"] = challengeFor(failure, context.tokenWasSent);
  }
  const retryAfter = retryAfterOf(failure, body.status);
  if (retryAfter !== undefined) headers["Retry-After"] = String(retryAfter);
  return { status: body.status, headers, body };
}

/** Whole seconds, at least 1: Logic Apps reads nothing else (connectors.md §6). */
function retryAfterOf(failure: Failure, status: number): number | undefined {
  const needed = status === 429 || status === 503;
  const seconds = failure.retryAfterSeconds ?? (needed ? STANDARD_RETRY_AFTER : undefined);
  return seconds === undefined ? undefined : Math.max(1, Math.ceil(seconds));
}
