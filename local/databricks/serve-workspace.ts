// One request through the workspace: who, which route, planned faults, the route itself, the standard headers.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { authenticate } from "./authenticate.ts";
import type { CallLog } from "./control/call-log.ts";
import type { Fault, Faults } from "./control/faults.ts";
import type { Delivery, RawRequest, Serve } from "./http/http-server.ts";
import type { Reply } from "./http/reply.ts";
import { createRouter, type RouteMatch } from "./http/router.ts";
import type { DatabricksSimulatorOptions } from "./options.ts";
import type { Principal } from "./principals.ts";
import { endpointNotFound, inactiveUser, Refused } from "./refusals.ts";
import { ROUTE_NAMES, type RouteName } from "./routes/route-names.ts";
import { ROUTES } from "./routes/route-table.ts";
import type { Workspace } from "./workspace.ts";

export interface ServeDeps {
  readonly workspace: Workspace;
  readonly verifyToken: DatabricksSimulatorOptions["verifyToken"];
  readonly faults: Faults;
  readonly calls: CallLog;
}

interface Exchange {
  readonly request: RawRequest;
  readonly match: RouteMatch | undefined;
  readonly requestId: string;
  readonly at: number;
  /** Undefined for open routes. */
  readonly caller: Principal | undefined;
}

export function createServe(deps: ServeDeps): Serve {
  const findRoute = createRouter(ROUTES);
  return async (request) => {
    const requestId = randomUUID();
    const match = findRoute(request.method, request.url.pathname);
    const delivery = await deliver(deps, request, match, requestId);
    return "reply" in delivery
      ? { ...delivery, reply: withHeaders(delivery.reply, requestId, deps.workspace.id) }
      : delivery;
  };
}

async function deliver(
  deps: ServeDeps,
  request: RawRequest,
  match: RouteMatch | undefined,
  requestId: string,
): Promise<Delivery> {
  const route = routeName(match);
  const at = deps.workspace.now();
  let caller: Principal | undefined;
  const log = () =>
    deps.calls.add({
      at,
      route,
      method: request.method,
      path: request.url.pathname + request.url.search,
      caller: caller?.externalId,
    });
  try {
    if (match?.route.access !== "open") {
      const { authorization, url } = request;
      caller = await authenticate(authorization, deps.verifyToken, deps.workspace, url.pathname);
    }
  } catch (error) {
    log();
    return { kind: "reply", reply: refusalReply(error, requestId) };
  }
  log();
  const fault = deps.faults.take(route, caller?.externalId);
  return carryOut(deps.workspace, fault, { request, match, requestId, at, caller });
}

function routeName(match: RouteMatch | undefined): RouteName {
  return ROUTE_NAMES.find((name) => name === match?.route.name) ?? "unknown";
}

async function carryOut(
  workspace: Workspace,
  fault: Fault | undefined,
  exchange: Exchange,
): Promise<Delivery> {
  const process = () => ({ kind: "reply", reply: processReply(workspace, exchange) }) as const;
  if (fault === undefined) return process();
  const { action } = fault;
  if (action.kind === "cut_body") return { ...process(), kind: "cut_body" };
  if (action.kind === "delay") {
    const processed = fault.when === "after" ? process() : undefined;
    if (action.ms !== undefined) await sleep(action.ms, undefined, { ref: false });
    await action.until;
    return processed ?? process();
  }
  if (fault.when === "after") process();
  if (action.kind === "reply") return { kind: "reply", reply: action };
  if (action.kind === "refuse") return { kind: "reply", reply: action.refusal(exchange.requestId) };
  return { kind: action.kind };
}

function processReply(workspace: Workspace, exchange: Exchange): Reply {
  try {
    return callRoute(workspace, exchange);
  } catch (error) {
    return refusalReply(error, exchange.requestId);
  }
}

function callRoute(workspace: Workspace, { request, match, at, caller }: Exchange): Reply {
  const { method, url, authorization, headers, bodyText } = request;
  if (match === undefined) throw new Refused(endpointNotFound(method, url.pathname));
  const { route, path } = match;
  const call = { path, query: url.searchParams, authorization, headers, at };
  if (route.access === "open") return route.handle(call, workspace);
  if (caller === undefined) throw new Error("a bearer route without a caller");
  if (!caller.active && route.name !== "getMe") throw new Refused(inactiveUser(caller.userName));
  return route.handle({ ...call, caller, bodyText }, workspace);
}

/** A mistake of the simulator itself must not look like an answer of Databricks: it breaks the connection. */
function refusalReply(error: unknown, requestId: string): Reply {
  if (error instanceof Refused) return error.refusal(requestId);
  throw error;
}

function withHeaders(reply: Reply, requestId: string, workspaceId: string): Reply {
  const headers = {
    Server: "databricks",
    "X-Request-Id": requestId,
    "X-Databricks-Org-Id": workspaceId,
    ...reply.headers,
  };
  return { ...reply, headers };
}
