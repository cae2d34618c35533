// Requests to every endpoint, made from the contracts themselves, so that a route that is added later is tried by the
// tests that walk over all of them. A route with a body needs a good one here: without it the walk fails.

import { pathParameterNames } from "../../shared/contracts/path-parameters.ts";
import * as routes from "../../shared/contracts/routes.ts";
import type { GatewayRequest } from "./gateway-client.ts";

export type AnyRoute = (typeof routes)[keyof typeof routes];

export const ALL_ROUTES: readonly AnyRoute[] = Object.values(routes);
export const CONVERSATION_ROUTES = ALL_ROUTES.filter(({ path }) =>
  path.includes("{conversation_id}"),
);

const GOOD_BODIES: Readonly<Record<string, unknown>> = {
  "query-obo": { query: "average delay by carrier" },
  "query-app": { query: "average delay by carrier" },
  "send-feedback": { rating: "positive", comment: "a good answer" },
};

/** Parameters that a route does not do without; these have the right form. */
const NEEDED_QUERIES: Readonly<Record<string, string>> = { "get-rerun": "?download=nobodys" };

/** Ids of the right form that nothing has. */
const NOBODYS_IDS: Readonly<Record<string, string>> = {
  space: "default",
  conversation_id: "0".repeat(32),
  message_id: "0".repeat(32),
  attachment_id: "0".repeat(32),
  operation_id: "A".repeat(22),
  file: "nobodys.css",
};

/** A request that passes every check but those of who calls. @throws Error for a route this file knows too little of. */
export async function requestTo(
  route: AnyRoute,
  ids: Readonly<Record<string, string>> = NOBODYS_IDS,
): Promise<GatewayRequest> {
  const filledPath = pathParameterNames(route.path).reduce((filled, name) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`every-route.ts knows no ${name}`);
    return filled.replace(`{${name}}`, id);
  }, `/${route.path}`);
  const path = `${filledPath}${NEEDED_QUERIES[route.name] ?? ""}`;
  const input = await route.input?.();
  if (input === undefined || !("body" in input)) return { method: route.method, path };
  const body = GOOD_BODIES[route.name];
  if (body === undefined) throw new Error(`every-route.ts has no good body for ${route.name}`);
  return { method: route.method, path, body };
}
