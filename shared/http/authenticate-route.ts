// Who may call a route, by its contract and the mode of the app endpoint (design §3.1 "Who", "Function-key
// mode"). The token itself is verified by the auth service handed in.

import type { Caller } from "../auth/caller.ts";
import type { RouteAuth } from "../contracts/route-contract.ts";
import type { RouteServices } from "./route-host.ts";
import type { CallerOf } from "./route-input.ts";

const ACCEPTS = { user: "user", app: "app", "user-or-app": "either", owner: "either" } as const;

/**
 * The caller of one request; undefined where a route needs no token.
 * @throws AppError 401, 403 or 503 of the auth service.
 */
export async function authenticateRoute<Auth extends RouteAuth>(
  auth: Auth,
  authorization: string | null,
  services: RouteServices,
): Promise<CallerOf<Auth>> {
  const caller = await callerFor(auth, authorization, services);
  if (!mayPass(auth, caller)) throw new Error(`auth let a ${caller?.kind} pass as ${auth}`);
  // The line above is the proof that the compiler cannot follow through the conditional type.
  return caller as CallerOf<Auth>;
}

async function callerFor(
  auth: RouteAuth,
  authorization: string | null,
  services: RouteServices,
): Promise<Caller | undefined> {
  if (auth === "none") return undefined;
  if (services.functionKeyMode) {
    // The host has checked the key, and the key decides: a token beside it means nothing here.
    if (auth === "app") return { kind: "function-key" };
    // An operation asked with a key is opened by its unguessable id alone.
    if (auth === "owner" && !authorization?.trim()) return { kind: "function-key" };
  }
  return services.authenticate(authorization, ACCEPTS[auth]);
}

/** A second look at what the auth service gave back: a user route never runs for anything but a user. */
function mayPass(auth: RouteAuth, caller: Caller | undefined): boolean {
  if (auth === "none") return caller === undefined;
  if (auth === "user") return caller?.kind === "user";
  if (auth === "app") return caller !== undefined && caller.kind !== "user";
  return caller !== undefined;
}
