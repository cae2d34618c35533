// The composition root: settings → clients → endpoints, once per process. It holds no rule of its own.

import { processEnvironment } from "../config/process-environment.ts";
import type { Environment } from "../config/raw-settings.ts";
import { parseSettings, type Settings } from "../config/settings.ts";
import { reachWorkspace } from "../databricks/reach-workspace.ts";
import type { ReadinessProbes } from "../health/readiness.ts";
import type { RouteHost } from "../http/route-host.ts";
import { createOutbound } from "../outbound/send-outbound.ts";
import { type Clock, systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import type { Logger } from "../telemetry/logger.ts";
import { createEndpoints, type Endpoints, type OutwardDeps } from "./create-endpoints.ts";
import { createIdentity, type Identity } from "./create-identity.ts";

export interface Gateway extends RouteHost<Endpoints> {
  /** What readiness looks at. */
  readonly probes: ReadinessProbes;
}

interface GatewayOptions {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** @throws AppError `configuration_error` naming all faulty settings. */
export function composeGateway({
  environment = processEnvironment(),
  clock = systemClock,
  logger = createJsonLogger(clock),
}: Partial<GatewayOptions> = {}): Gateway {
  const settings = parseSettings(environment);
  const deps = { clock, logger, send: createOutbound({ clock, logger }) };
  const identity = createIdentity(settings, deps);
  return {
    endpoints: createEndpoints(settings, identity, deps),
    services: {
      authenticate: identity.inbound.authenticate,
      functionKeyMode: settings.inbound.appEndpointAuth === "function-key",
      publicBaseUrl: settings.publicBaseUrl,
      maxWaitSeconds: settings.limits.maxWaitSeconds,
      clock,
      logger,
    },
    probes: createProbes(settings, identity, deps),
  };
}

function createProbes(settings: Settings, identity: Identity, deps: OutwardDeps): ReadinessProbes {
  const { inbound, clientSecret } = identity;
  return {
    readVault: async () => {
      if (clientSecret === null) return { kind: "not_used" };
      const { source, expiresOn } = await clientSecret.check();
      const secretExpiresAt = expiresOn?.getTime() ?? null;
      return { kind: "read", cached: source === "cache", secretExpiresAt };
    },
    readSigningKeys: async () => ({ cached: (await inbound.checkSigningKeys()) === "cached" }),
    reachDatabricks: () =>
      reachWorkspace(deps.send, settings.databricks.workspaceUrl, deps.clock.now()),
  };
}
