// The composition root: settings → clients → use cases → endpoints, once per process. The only place that knows
// every part; it holds no rule of its own.

import { randomBytes } from "node:crypto";
import { processEnvironment } from "../config/process-environment.ts";
import type { Environment } from "../config/raw-settings.ts";
import { parseSettings, type Settings } from "../config/settings.ts";
import { createGenie } from "../databricks/genie-client.ts";
import { reachWorkspace } from "../databricks/reach-workspace.ts";
import type { ReadinessProbes } from "../health/readiness.ts";
import type { RouteHost } from "../http/route-host.ts";
import { createAdvance } from "../operations/advance.ts";
import { createAsk } from "../operations/ask.ts";
import { createDrive } from "../operations/drive.ts";
import { createOperationAccess } from "../operations/operation-access.ts";
import type { OperationsDeps } from "../operations/ports.ts";
import { createConversationReading } from "../operations/read-conversations.ts";
import { createMessageReading } from "../operations/read-messages.ts";
import { createResultReading } from "../operations/read-results.ts";
import { createOutbound, type SendOutbound } from "../outbound/send-outbound.ts";
import { createMemoryConversationLedger } from "../stores/memory-conversation-ledger.ts";
import { createMemoryOperationStore } from "../stores/memory-operation-store.ts";
import { type Clock, systemClock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import type { Logger } from "../telemetry/logger.ts";
import { createAskerOf } from "./asker.ts";
import { createIdentity, type Identity } from "./create-identity.ts";
import { createAskingEndpoints } from "./endpoints/asking-endpoints.ts";
import { createReadingEndpoints } from "./endpoints/reading-endpoints.ts";

type Endpoints = ReturnType<typeof createAskingEndpoints> &
  ReturnType<typeof createReadingEndpoints>;

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

interface SharedDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly send: SendOutbound;
}

function createEndpoints(settings: Settings, identity: Identity, deps: SharedDeps): Endpoints {
  const { workspaceUrl } = settings.databricks;
  const { clock } = deps;
  const askerOf = createAskerOf({
    tokens: identity.tokens,
    genieWith: (tokens) => createGenie({ ...deps, workspaceUrl, tokens }),
  });
  const store = createMemoryOperationStore({ clock });
  const ledger = createMemoryConversationLedger();
  const operations: OperationsDeps = {
    ...deps,
    store,
    ledger,
    deadlineMs: settings.limits.deadlineMinutes * 60_000,
    newId: () => randomBytes(24).toString("base64url"),
  };
  const advance = createAdvance(operations);
  const drive = createDrive(operations, advance);
  const shared = { askerOf, spaces: settings.spaces };
  return {
    ...createAskingEndpoints({
      ...shared,
      clock,
      hashingKey: randomBytes(32), // the claims live no longer than this process
      ask: createAsk(operations, advance, drive),
      access: createOperationAccess(operations, drive),
    }),
    ...createReadingEndpoints({
      ...shared,
      workspaceUrl,
      conversations: createConversationReading(ledger),
      messages: createMessageReading({ ledger, store, clock }),
      results: createResultReading(ledger),
    }),
  };
}

function createProbes(settings: Settings, identity: Identity, deps: SharedDeps): ReadinessProbes {
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
