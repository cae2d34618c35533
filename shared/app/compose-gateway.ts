// The composition root: settings → clients → domain → endpoints and worker, once per process. It holds no rule.

import { processEnvironment } from "../config/process-environment.ts";
import type { Environment } from "../config/raw-settings.ts";
import { parseSettings, type Settings } from "../config/settings.ts";
import { createGenie } from "../databricks/genie-client.ts";
import { reachWorkspace } from "../databricks/reach-workspace.ts";
import type { ReadinessProbes } from "../health/readiness.ts";
import type { RouteHost } from "../http/route-host.ts";
import { createOutbound } from "../outbound/send-outbound.ts";
import type { Sealing } from "../sealing/sealing.ts";
import { createPoisonWatch } from "../stores/poison-watch.ts";
import { createStorageClients } from "../stores/storage-clients.ts";
import { type Clock, systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import type { Logger } from "../telemetry/logger.ts";
import { createBackgroundAsker } from "./background-asker.ts";
import { createCallbacks } from "./create-callbacks.ts";
import { createDirectAskerOf, createEndpoints, type Endpoints } from "./create-endpoints.ts";
import { createIdentity, type Identity } from "./create-identity.ts";
import { createOperations, type Operations } from "./create-operations.ts";
import { createSealing } from "./create-sealing.ts";
import { createWorker, type Worker } from "./create-worker.ts";
import type { OutwardDeps } from "./outward-deps.ts";

export interface Gateway extends RouteHost<Endpoints> {
  /** What the queue and timer functions run. */
  readonly worker: Worker;
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
  const outward = { clock, logger, send: createOutbound({ clock, logger }) };
  const identity = createIdentity(settings, outward);
  const clients = createStorageClients(settings.storage, identity.storage);
  const sealing = createSealing(settings.sealingKey, { credential: identity.azure, clock, logger });
  const operations = createOperations(settings, { clients, sealing }, outward);
  const callbacks = createCallbacks(settings, identity, outward);
  const askerFor = createBackgroundAsker({
    askerOf: createDirectAskerOf(settings, identity, outward),
    custody: operations.deps.custody,
    genieWith: (tokens) =>
      createGenie({ ...outward, workspaceUrl: settings.databricks.workspaceUrl, tokens }),
  });
  const parts = { identity, operations, sealing, callbacks };
  return {
    endpoints: createEndpoints(settings, parts, outward),
    worker: createWorker(operations, askerFor, callbacks, createPoisonWatch(clients, clock)),
    services: {
      authenticate: identity.inbound.authenticate,
      functionKeyMode: settings.inbound.appEndpointAuth === "function-key",
      publicBaseUrl: settings.publicBaseUrl,
      maxWaitSeconds: settings.limits.maxWaitSeconds,
      clock,
      logger,
    },
    probes: createProbes(settings, { identity, operations, sealing }, outward),
  };
}

/** No operation has this id, but whoever looks for it learns whether the storage answers. */
const NOBODYS_ID = "readiness-probe-readiness";

interface Parts {
  readonly identity: Identity;
  readonly operations: Operations;
  readonly sealing: Sealing;
}

function createProbes(
  settings: Settings,
  { identity, operations, sealing }: Parts,
  { clock, send }: OutwardDeps,
): ReadinessProbes {
  const { inbound, clientSecret } = identity;
  return {
    readVault: async () => {
      if (clientSecret === null) return { kind: "not_used" };
      const { source, expiresOn } = await clientSecret.check();
      const secretExpiresAt = expiresOn?.getTime() ?? null;
      return { kind: "read", cached: source === "cache", secretExpiresAt };
    },
    openSealingKey: async () => {
      await sealing.seal("", { purpose: "readiness" });
      return settings.sealingKey.kind === "key-vault";
    },
    tryCredential: identity.tokens.tryCredential,
    readSigningKeys: async () => ({ cached: (await inbound.checkSigningKeys()) === "cached" }),
    reachStorage: async () => {
      await operations.deps.store.read(NOBODYS_ID);
    },
    reachDatabricks: () => reachWorkspace(send, settings.databricks.workspaceUrl, clock.now()),
  };
}
