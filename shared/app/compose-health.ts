// The health endpoints: they answer whatever the settings are, so they are composed apart from the gateway.
// Liveness touches nothing; readiness asks the gateway's own parts.

import type {
  healthReady as healthReadyRoute,
  health as healthRoute,
} from "../contracts/routes.ts";
import { AppError } from "../errors/app-error.ts";
import { type Configuration, createReadiness } from "../health/readiness.ts";
import type { RouteHost } from "../http/route-host.ts";
import type { InputOf, Reply } from "../http/route-input.ts";
import { systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import type { Gateway } from "./compose-gateway.ts";
import { VERSION } from "./version.ts";

interface HealthEndpoints {
  health(input: InputOf<typeof healthRoute>): Promise<Reply>;
  healthReady(input: InputOf<typeof healthReadyRoute>): Promise<Reply>;
}
export type HealthHost = RouteHost<HealthEndpoints>;

export function composeHealth(loadGateway: () => Promise<Gateway>): HealthHost {
  let readiness: ReturnType<typeof createReadiness> | undefined;
  const look = async () => {
    const configuration = await configurationOf(loadGateway);
    readiness ??= createReadiness({ version: VERSION, configuration, clock: systemClock });
    return readiness();
  };
  return {
    endpoints: {
      health: async () => ({ status: 200, body: { status: "healthy", version: VERSION } }),
      healthReady: async () => {
        const { httpStatus, body } = await look();
        return { status: httpStatus, body };
      },
    },
    services: {
      authenticate: () => Promise.reject(new Error("the health endpoints take no token")),
      functionKeyMode: false,
      publicBaseUrl: null,
      maxWaitSeconds: 0,
      clock: systemClock,
      logger: createJsonLogger(systemClock),
    },
  };
}

async function configurationOf(loadGateway: () => Promise<Gateway>): Promise<Configuration> {
  try {
    return { kind: "valid", probes: (await loadGateway()).probes };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const faults = error.failure.errors ?? [];
    return {
      kind: "faulty",
      settings: faults.flatMap((fault) => ("parameter" in fault ? [fault.parameter] : [])),
    };
  }
}
