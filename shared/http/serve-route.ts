// One request from the runtime's request object to its response: the only place where an error becomes an
// answer. It always returns a response, and it never looks into what a use case answers.

import type { HttpRequest, HttpResponse } from "@azure/functions";
import type { RouteAuth } from "../contracts/route-contract.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import type { Route } from "./mount-route.ts";
import { baseUrlOf, type RequestFacts, readFacts } from "./request-facts.ts";
import type { RouteServices } from "./route-host.ts";
import type { Reply } from "./route-input.ts";
import { runUseCase } from "./run-use-case.ts";
import { toFailure } from "./to-failure.ts";
import { toResponse } from "./to-response.ts";

type ForEveryAnswer = Pick<RouteServices, "logger" | "publicBaseUrl">;

/** While the app cannot be composed no base is known that could be trusted: links are relative. */
const BEFORE_SERVICES: ForEveryAnswer = {
  logger: createJsonLogger(systemClock),
  publicBaseUrl: "",
};

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
    const response = toResponse(reply, facts);
    logRequest(services, facts, { route: route.contract.name, status: reply.status });
    return response;
  } catch (error) {
    const failure = toFailure(error, services.logger, facts.requestId);
    // Loaded on the first failure: it brings zod, which a health check never needs.
    const { problemReply } = await import("./problem-reply.ts");
    const reply = problemReply(failure, {
      baseUrl: baseUrlOf(services, facts),
      instance: facts.path,
      requestId: facts.requestId,
      tokenWasSent: facts.authorization !== null,
    });
    const { code } = failure;
    logRequest(services, facts, { route: route.contract.name, status: reply.status, code });
    return toResponse(reply, facts);
  }
}

interface Outcome extends Pick<Reply, "status"> {
  readonly route: string;
  readonly code?: string;
}

function logRequest(services: ForEveryAnswer, facts: RequestFacts, outcome: Outcome): void {
  services.logger.info("request", {
    ...outcome,
    request_id: facts.requestId,
    trace_id: facts.trace?.traceId,
  });
}
