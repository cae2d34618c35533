// The straight way of one request once the app is composed, in the order of design §3.1: token, then what
// read-input.ts checks, then the use case. Failures are thrown and become answers in serve-route.ts.

import type { HttpRequest } from "@azure/functions";
import type { RouteAuth } from "../contracts/route-contract.ts";
import { authenticateRoute } from "./authenticate-route.ts";
import { hasSentAll } from "./open-responses.ts";
import { readInput } from "./read-input.ts";
import { readWaitPlan } from "./read-wait-plan.ts";
import { baseUrlOf, type RequestFacts } from "./request-facts.ts";
import type { Route } from "./route.ts";
import type { RouteHost } from "./route-host.ts";
import type { Reply } from "./route-input.ts";

/** @throws AppError whatever the checks or the use case refuse. */
export async function runUseCase<Endpoints, Auth extends RouteAuth, Params, Query, Body>(
  { contract, handle }: Route<Endpoints, Auth, Params, Query, Body>,
  request: HttpRequest,
  facts: RequestFacts,
  { endpoints, services }: RouteHost<Endpoints>,
): Promise<Reply> {
  const caller = await authenticateRoute(contract.auth, facts.authorization, services);
  const input = await readInput(contract, request, services.clock);
  const wait = readWaitPlan(request, contract.defaultWait, services.maxWaitSeconds);
  const reply = await handle(endpoints, {
    ...input,
    caller,
    wait,
    accept: request.headers.get("accept"),
    requestId: facts.requestId,
    allSent: () => hasSentAll(facts.response),
    baseUrl: baseUrlOf(services, facts),
    path: facts.path,
  });
  if (wait.preferenceApplied === null) return reply;
  return { ...reply, headers: { "Preference-Applied": wait.preferenceApplied, ...reply.headers } };
}
