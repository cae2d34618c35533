// From what a use case gives back to the response that leaves: JSON, plain or cacheable content, a stream, or events.

import type { HttpResponse } from "@azure/functions";
import { keepBodySpan, spannedEvents } from "./body-span.ts";
import type { CacheableContent } from "./cacheable-content.ts";
import { eventStream } from "./event-stream.ts";
import { tellFailure, toFailureReply } from "./failure-reply.ts";
import { flowingBody } from "./flowing-body.ts";
import type { RequestFacts } from "./request-facts.ts";
import type { RouteServices } from "./route-host.ts";
import type { Reply } from "./route-input.ts";
import {
  toCacheableResponse,
  toEventResponse,
  toResponse,
  toStreamResponse,
} from "./to-response.ts";

/** Events last as long as a request may wait, and a little for the last one: at most 215 s of the platform's 230. */
const LAST_EVENT_MS = 15_000;

export async function respond(
  reply: Reply,
  services: RouteServices,
  facts: RequestFacts,
): Promise<HttpResponse> {
  if (reply.cacheable !== undefined) return cacheable(reply, reply.cacheable, facts);
  if (reply.stream !== undefined) return streamed(reply, reply.stream, { services, facts });
  if (reply.events !== undefined) return events(reply, reply.events, { services, facts });
  return toResponse(reply, facts);
}

interface Served {
  readonly services: RouteServices;
  readonly facts: RequestFacts;
}

function events(
  reply: Reply,
  source: NonNullable<Reply["events"]>,
  { services, facts }: Served,
): HttpResponse {
  const body = keepBodySpan();
  const text = eventStream(source, {
    clock: services.clock,
    maxMs: services.maxWaitSeconds * 1_000 + LAST_EVENT_MS,
    problemOf: async (error) => {
      const { reply: problem, code } = await toFailureReply(error, services, facts);
      tellFailure(body.span, problem.status, code);
      return problem.body;
    },
  });
  return toEventResponse(reply, facts, spannedEvents(text, body, facts.response));
}

async function cacheable(
  { headers }: Reply,
  content: CacheableContent,
  facts: RequestFacts,
): Promise<HttpResponse> {
  // Only the pages need it; a health check should load as little as it can.
  const { chooseCoding, matchesEtag } = await import("./cacheable-content.ts");
  const chosen = chooseCoding(content.codings, facts.acceptEncoding);
  const isKnown = matchesEtag(facts.ifNoneMatch, chosen.etag);
  return toCacheableResponse(headers, facts, {
    chosen,
    type: content.type,
    cacheControl: content.cacheControl,
    data: isKnown ? null : await chosen.read(),
  });
}

function streamed(
  reply: Reply,
  { type, pieces, rows }: NonNullable<Reply["stream"]>,
  { services, facts }: Served,
): HttpResponse {
  const { clock, logger } = services;
  const span = keepBodySpan();
  const body = flowingBody(span.inside(pieces), {
    response: facts.response,
    clock,
    report: (outcome) => {
      const told = { ...outcome, rows: rows() };
      span.end(told);
      logger.info("stream", { ...told, request_id: facts.requestId });
    },
  });
  return toStreamResponse(reply, facts, { type, body });
}
