// What the composition root hands to the HTTP layer: the use cases, and the services every request needs.
// Types only; it keeps shared/http free of clients and settings.

import type { Caller } from "../auth/caller.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";

export interface RouteServices {
  /** Verifies the `Authorization` header; throws AppError (401, 403, 503). */
  readonly authenticate: (
    authorization: string | null,
    accepts: "user" | "app" | "either",
  ) => Promise<Caller>;
  /** `APP_ENDPOINT_AUTH=function-key`: the host has already checked a key on `query-app`. */
  readonly functionKeyMode: boolean;
  /** Without a trailing slash; null: the request's own origin (never in Azure). */
  readonly publicBaseUrl: string | null;
  readonly maxWaitSeconds: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface RouteHost<Endpoints> {
  readonly endpoints: Endpoints;
  readonly services: RouteServices;
}
