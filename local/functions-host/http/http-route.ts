// The HTTP side of one function: its full route, its methods and its auth level, checked as the real host does
// (`ScriptHost.ValidateHttpFunction`). Matches single paths; the order between functions is not its business.

import type { HostSettings } from "../host-json.ts";
import type { RpcBinding } from "../worker/core-contract.ts";
import { compileRoute, type MatchRoute } from "./route-template.ts";

export type AuthLevel = "anonymous" | "function" | "admin";

export interface HttpRoute {
  readonly functionName: string;
  /** Template with the prefix in front, without slashes at its ends. */
  readonly path: string;
  /** Upper case; empty means every method. */
  readonly methods: readonly string[];
  readonly authLevel: AuthLevel;
  readonly match: MatchRoute;
}

/** Throws for a route, an auth level or a template that puts the function in error. */
export function readHttpRoute(
  functionName: string,
  binding: RpcBinding,
  host: HostSettings,
): HttpRoute {
  const { route = functionName, methods = [], authLevel = "anonymous" } = binding;
  if (typeof route !== "string" || !Array.isArray(methods)) {
    throw new Error("The httpTrigger's route must be text and its methods a list");
  }
  if (/^(?:admin|runtime)/i.test(route.replace(/^\/+|\/+$/g, ""))) {
    throw new Error("The specified route conflicts with one or more built in routes");
  }
  if (/^[/~]/.test(route)) {
    throw new Error("The route template cannot start with a '/' or '~' character");
  }
  const path = [host.routePrefix, route].map((part) => part.replace(/^\/+|\/+$/g, ""));
  const template = path.filter((part) => part !== "").join("/");
  return {
    functionName,
    path: template,
    methods: methods.map((method) => String(method).toUpperCase()),
    authLevel: readAuthLevel(authLevel),
    match: compileRoute(template),
  };
}

function readAuthLevel(value: unknown): AuthLevel {
  const level = String(value).toLowerCase();
  if (level === "anonymous" || level === "function" || level === "admin") {
    return level;
  }
  throw new Error(`The auth level '${level}' is not known`);
}
