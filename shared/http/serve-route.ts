// One request from the runtime's request object to its response: the only place where an error becomes an
// answer. It always returns a response, and it never looks into what a use case answers.

import type { HttpRequest, HttpResponse } from "@azure/functions";
import type { RouteAuth } from "../contracts/route-contract.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { eventStream } from "./event-stream.ts";
import { type FailureServices, toFailureReply } from "./failure-reply.ts";
import type { Route } from "./mount-route.ts";
import { type RequestFacts, readFacts } from "./request-facts.ts";
import type { RouteServices } from "./route-host.ts";
import type { Reply } from "./route-input.ts";
import { runUseCase } from "./run-use-case.ts";
import { toEventResponse, toResponse } from "./to-response.ts";

/** While the app cannot be composed no base is known that could be trusted: links are relative. */
const BEFORE_SERVICES: FailureServices = {
  logger: createJsonLogger(systemClock),
  publicBaseUrl: "",
};
/** A stream lasts as long as a request may wait, and a little for its last event: at most 215 s of the 230. */
const LAST_EVENT_MS = 15_000;

/** Serves one request; whatever a caller, a use case or the composition root does becomes an answer. */
export async function serveRoute<Endpoints, Auth extends RouteAuth, Params, Query, Body>(
  route: Route<Endpoints, Auth, Params, Query, Body>,
  request: HttpRequest,
): Promise<HttpResponse> {
  const facts = readFacts(request);
  let services = BEFORE_SERVICES;
  try {
    const host = await route.load();
    services = host.services;
    const reply = await runUseCase(route, request, facts, host);
    const response = respond(reply, host.services, facts);
    logRequest(services, facts, { route: route.contract.name, status: reply.status });
    return response;
  } catch (error) {
    const { reply, code } = await toFailureReply(error, services, facts);
    logRequest(services, facts, { route: route.contract.name, status: reply.status, code });
    return toResponse(reply, facts);
  }
}

function respond(reply: Reply, services: RouteServices, facts: RequestFacts): HttpResponse {
  if (reply.events === undefined) return toResponse(reply, facts);
  const text = eventStream(reply.events, {
    clock: services.clock,
    maxMs: services.maxWaitSeconds * 1_000 + LAST_EVENT_MS,
    problemOf: async (error) => (await toFailureReply(error, services, facts)).reply.body,
  });
  return toEventResponse(reply, facts, text);
}

interface Outcome extends Pick<Reply, "status"> {
  readonly route: string;
  readonly code?: string;
}

function logRequest(services: FailureServices, facts: RequestFacts, outcome: Outcome): void {
  services.logger.info("request", {
    ...outcome,
    request_id: facts.requestId,
    trace_id: facts.trace?.traceId,
  });
}
