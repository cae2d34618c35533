// The one way from whatever was thrown to a problem document (design §3.9), for an answer and for an event stream.

import type { Span } from "../telemetry/spans.ts";
import { baseUrlOf, type RequestFacts } from "./request-facts.ts";
import type { RouteServices } from "./route-host.ts";
import type { Reply } from "./route-input.ts";
import { toFailure } from "./to-failure.ts";

/** What can be said of a failure; there while the app cannot be composed, too. */
export type FailureServices = Pick<RouteServices, "logger" | "publicBaseUrl">;

export interface FailureReply {
  readonly code: string;
  readonly reply: Reply;
}

export async function toFailureReply(
  error: unknown,
  services: FailureServices,
  facts: RequestFacts,
): Promise<FailureReply> {
  const failure = toFailure(error, services.logger, facts.requestId);
  // Loaded on the first failure: it brings zod, which a health check never needs.
  const { problemReply } = await import("./problem-reply.ts");
  const reply = problemReply(failure, {
    baseUrl: baseUrlOf(services, facts),
    instance: facts.path,
    requestId: facts.requestId,
    tokenWasSent: facts.authorization !== null,
  });
  return { code: failure.code, reply };
}

/** What a caller did wrong is told too, but no failure of ours. */
export function tellFailure(span: Span, status: number, code: string): void {
  if (status >= 500) span.fail(code);
  else span.set("error.type", code);
}
