// One request from the runtime's request object to its response: the only place where an error becomes an
// answer. It always returns a response, and it never looks into what a use case answers.

import type { HttpRequest, HttpResponse } from "@azure/functions";
import type { RouteAuth } from "../contracts/route-contract.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { annotate, currentTraceId, inSpan, type Span } from "../telemetry/spans.ts";
import { type FailureServices, tellFailure, toFailureReply } from "./failure-reply.ts";
import { type RequestFacts, readFacts } from "./request-facts.ts";
import { respond } from "./respond.ts";
import type { Route } from "./route.ts";
import type { Reply } from "./route-input.ts";
import { runUseCase } from "./run-use-case.ts";
import { toResponse } from "./to-response.ts";

/** While the app cannot be composed no base is known that could be trusted: links are relative. */
const BEFORE_SERVICES: FailureServices = {
  logger: createJsonLogger(systemClock),
  publicBaseUrl: "",
};

/** What the host tells of the run that a request is served in. */
export interface Invocation {
  readonly invocationId: string;
  /** The host's own span, which continues the caller's trace. */
  readonly traceparent?: string | undefined;
}

/** Serves one request; whatever a caller, a use case or the composition root does becomes an answer. */
export function serveRoute<Endpoints, Auth extends RouteAuth, Params, Query, Body>(
  route: Route<Endpoints, Auth, Params, Query, Body>,
  request: HttpRequest,
  { invocationId, traceparent }: Invocation,
): Promise<HttpResponse> {
  const { method, path } = route.contract;
  const template = `/${path}`;
  const start = {
    name: `${method} ${template}`,
    kind: "server",
    parent: traceparent ?? request.headers.get("traceparent") ?? undefined,
    attributes: {
      "http.request.method": method,
      "http.route": template,
      "faas.invocation_id": invocationId,
    },
  } as const;
  return inSpan(start, (span) => answer(route, request, { invocationId, span }));
}

async function answer<Endpoints, Auth extends RouteAuth, Params, Query, Body>(
  route: Route<Endpoints, Auth, Params, Query, Body>,
  request: HttpRequest,
  { invocationId, span }: { readonly invocationId: string; readonly span: Span },
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
    tellFailure(span, reply.status, code);
    return toResponse(reply, facts);
  }
}

interface Outcome extends Pick<Reply, "status"> {
  readonly route: string;
  readonly code?: string;
}

function logRequest(services: FailureServices, facts: RequestFacts, outcome: Outcome): void {
  annotate("http.response.status_code", outcome.status);
  annotate("genie.request.id", facts.requestId);
  services.logger.info("request", {
    ...outcome,
    request_id: facts.requestId,
    trace_id: facts.trace?.traceId ?? currentTraceId(),
  });
}
