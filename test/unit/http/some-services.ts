// Services for routes under test: every token of the form `Bearer <kind>` is good for that kind.

import type { Caller } from "../../../shared/auth/caller.ts";
import { AppError } from "../../../shared/errors/app-error.ts";
import type { RouteServices } from "../../../shared/http/route-host.ts";
import type { LogFields } from "../../../shared/telemetry/logger.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

export interface LogEntry {
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  readonly fields: LogFields;
}

export function aUser(): Extract<Caller, { kind: "user" }> {
  return { kind: "user", tenantId: "t", objectId: "o", clientId: "c", assertion: "user" };
}

const CALLERS: Readonly<Record<string, Caller>> = {
  "Bearer user": aUser(),
  "Bearer app": { kind: "app", tenantId: "t", clientId: "c" },
};

export function someServices(overrides: Partial<RouteServices> = {}, log: LogEntry[] = []) {
  const write =
    (level: LogEntry["level"]) =>
    (event: string, fields: LogFields = {}) => {
      log.push({ level, event, fields });
    };
  const services: RouteServices = {
    authenticate: async (authorization) => {
      const caller = CALLERS[authorization ?? ""];
      if (caller !== undefined) return caller;
      throw new AppError({ code: "invalid_token", detail: "A bearer token is needed." });
    },
    functionKeyMode: false,
    publicBaseUrl: null,
    maxWaitSeconds: 90,
    clock: createVirtualClock(),
    logger: { info: write("info"), warn: write("warn"), error: write("error") },
    ...overrides,
  };
  return services;
}
