// The door between the registered functions and everything behind them. On the start-up path, so it imports
// nothing that costs: the composition root and its libraries load with the first request.

import type { Gateway } from "./compose-gateway.ts";
import type { HealthHost } from "./compose-health.ts";

let gateway: Promise<Gateway> | undefined;
let health: Promise<HealthHost> | undefined;

/**
 * The gateway of this process, built with the first request.
 * @throws AppError `configuration_error`; the next call tries again.
 */
export function loadGateway(): Promise<Gateway> {
  gateway ??= import("./compose-gateway.ts")
    .then(({ composeGateway }) => composeGateway())
    .catch((error: unknown) => {
      gateway = undefined;
      throw error;
    });
  return gateway;
}

/** What queue and timer functions run. @throws AppError `configuration_error`: the message comes again. */
export async function loadWorker(): Promise<Gateway["worker"]> {
  return (await loadGateway()).worker;
}

/** The health endpoints, which answer whatever the settings are. */
export function loadHealth(): Promise<HealthHost> {
  health ??= import("./compose-health.ts").then(({ composeHealth }) => composeHealth(loadGateway));
  return health;
}
