// One request from the runtime's request object to its response: the only place where an error becomes an
// answer. It always returns a response, and it never looks into what a use case answers.

import type { HttpRequest, HttpResponse } from "@azure/functions";
import type { RouteAuth } from "../contracts/route-contract.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { type FailureServices, toFailureReply } from "./failure-reply.ts";
import type { Route } from "./mount-route.ts";
import { type RequestFacts, readFacts } from "./request-facts.ts";
import { respond } from "./respond.ts";
import type { Reply } from "./route-input.ts";
import { runUseCase } from "./run-use-case.ts";
import { toResponse } from "./to-response.ts";

/** While the app cannot be composed no base is known that could be trusted: links are relative. */
const BEFORE_SERVICES: FailureServices = {
  logger: createJsonLogger(systemClock),
  publicBaseUrl: "",
};

/** Serves one request; whatever a caller, a use case or the composition root does becomes an answer. */
export async function serveRoute<Endpoints, Auth extends RouteAuth, Params, Query, Body>(
  route: Route<Endpoints, Auth, Params, Query, Body>,
  request: HttpRequest,
  invocationId: string,
): Promise<HttpResponse> {
  const facts = readFacts(request, invocationId);
  let services = BEFORE_SERVICES;
  try {
    const host = await route.load();
    services = host.services;
    const reply = await runUseCase(route, request, facts, host);
    const response = await respond(reply, host.services, facts);
    logRequest(services, facts, { route: route.contract.name, status: response.status });
    return response;
  } catch (error) {
    const { reply, code } = await toFailureReply(error, services, facts);
    logRequest(services, facts, { route: route.contract.name, status: reply.status, code });
    return toResponse(reply, facts);
  }
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
