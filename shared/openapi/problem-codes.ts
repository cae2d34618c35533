// Every code that an endpoint can answer with: its own, those of who may call, and those of every endpoint.

import type { InputSchemas, RouteAuth, RouteContract } from "../contracts/route-contract.ts";
import type { ErrorCode } from "../errors/error-catalogue.ts";

/** A contract whatever its parameters are: all that a document needs. */
export type AnyContract = Omit<RouteContract<RouteAuth, unknown, unknown, unknown>, "input"> & {
  readonly input?: () => Promise<InputSchemas<unknown, unknown>>;
};

/** A token that cannot be checked, or that is not for this endpoint. */
const OF_TOKENS = [
  "invalid_token",
  "insufficient_scope",
  "client_not_allowed",
  "identity_provider_unavailable",
] as const satisfies readonly ErrorCode[];

const OF_AUTH: Readonly<Record<RouteAuth, readonly ErrorCode[]>> = {
  none: [],
  user: [...OF_TOKENS, "user_token_required"],
  app: [...OF_TOKENS, "app_token_required"],
  "user-or-app": OF_TOKENS,
  owner: OF_TOKENS,
};

/** `/health` and `/health/ready` answer without settings; nothing else does. */
const NEEDS_NO_SETTINGS: ReadonlySet<string> = new Set(["health", "health-ready"]);

/** In the order of the catalogue, each once. */
export function problemCodesOf(contract: AnyContract): readonly ErrorCode[] {
  const reads = contract.input !== undefined || contract.idempotencyKey !== undefined;
  const codes = new Set<ErrorCode>([
    ...(reads ? (["invalid_request"] as const) : []),
    ...OF_AUTH[contract.auth],
    ...contract.errors,
    "internal_error",
    ...(NEEDS_NO_SETTINGS.has(contract.name) ? [] : (["configuration_error"] as const)),
  ]);
  return [...codes];
}
