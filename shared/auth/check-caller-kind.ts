// The pure decision whether a verified token is a user's or an application's, and whether the endpoint takes it
// (design §3.1 "Who"). Decided by claims alone; a token that is neither (an id token, say) passes nowhere.

import type { JsonObject } from "./json-object.ts";
import { accepted, type Checked, refused } from "./refusal-reason.ts";
import type { TokenPolicy } from "./token-policy.ts";

/** Which kind of caller an endpoint takes. */
export type AcceptedKind = "user" | "app" | "either";

/** @returns the kind of caller; 403 reasons only */
export function checkCallerKind(
  claims: JsonObject,
  accepts: AcceptedKind,
  policy: TokenPolicy,
): Checked<"user" | "app"> {
  return Object.hasOwn(claims, "scp")
    ? checkUser(claims, accepts, policy.scope)
    : checkApp(claims, accepts, policy.appRole);
}

function checkUser(claims: JsonObject, accepts: AcceptedKind, scope: string): Checked<"user"> {
  const { scp, idtyp } = claims;
  // `idtyp` is an optional claim; beside a scope Entra writes "user" or nothing.
  if (idtyp !== undefined && idtyp !== "user") return refused("kind_contradictory");
  if (typeof scp !== "string") return refused("scope_missing");
  if (accepts === "app") return refused("user_on_app_endpoint");
  return scp.split(" ").includes(scope) ? accepted("user") : refused("scope_missing");
}

function checkApp(claims: JsonObject, accepts: AcceptedKind, role: string): Checked<"app"> {
  const { roles, idtyp, sub, oid, azp, appid } = claims;
  // An id token has no `scp` either, but its `sub` is pairwise (never the `oid`) and it names no client.
  const appOnly =
    sub === oid &&
    (azp !== undefined || appid !== undefined) &&
    (idtyp === undefined || idtyp === "app");
  if (!appOnly) return refused("scope_absent");
  if (accepts === "user") return refused("app_on_user_endpoint");
  return Array.isArray(roles) && roles.includes(role) ? accepted("app") : refused("role_missing");
}
