// Turns a route contract into an `app.http` registration. On the start-up path: everything a request needs
// is imported with the first request, so that registering all routes costs next to nothing.

import { app, type HttpResponseInit } from "@azure/functions";
import type { RouteAuth, RouteContract } from "../contracts/route-contract.ts";
import { watchResponses } from "./open-responses.ts";
import type { Route } from "./route.ts";
import type { RouteHost } from "./route-host.ts";

watchResponses(); // before the first request comes

export interface MountOptions {
  /** What the host itself asks for before it calls us; tokens are checked here in any case. */
  readonly authLevel: "anonymous" | "function";
}

/**
 * Registers one endpoint with the Functions runtime. `load` builds the app once and is called on every
 * request; a rejection becomes a problem document, so that a faulty setting never removes an endpoint.
 */
export function mountRoute<Endpoints, Auth extends RouteAuth, Params, Query, Body>(
  contract: RouteContract<Auth, Params, Query, Body>,
  load: () => Promise<RouteHost<Endpoints>>,
  handle: Route<Endpoints, Auth, Params, Query, Body>["handle"],
  options: MountOptions = { authLevel: "anonymous" },
): void {
  const route = { contract, load, handle };
  app.http(contract.name, {
    methods: [contract.method],
    route: contract.path,
    authLevel: options.authLevel,
    handler: async (request, { invocationId, traceContext }) => {
      // A handler that throws or returns nothing leaves the client hanging when HTTP streaming is on
      // (functions-host.md §4.2): whatever happens, a response is returned.
      try {
        const { serveRoute } = await import("./serve-route.ts");
        return await serveRoute(route, request, {
          invocationId,
          traceparent: traceContext?.traceParent,
        });
      } catch {
        return lastResort();
      }
    },
  });
}

/** For a package that is broken on disk: nothing can be imported, so nothing is. */
function lastResort(): HttpResponseInit {
  return {
    status: 500,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store" },
    body: '{"title":"The gateway failed","status":500,"code":"internal_error"}',
  };
}
