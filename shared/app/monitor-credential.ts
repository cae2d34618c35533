// The gateway's own identity for sending telemetry. Its own connections and circuits, and nothing of it is recorded: a token
// for telemetry must not become telemetry.

import { type AzureCredential, createAzureCredential } from "../auth/azure-credential.ts";
import { createOutbound } from "../outbound/send-outbound.ts";
import { systemClock as clock } from "../telemetry/clock.ts";
import { createJsonLogger } from "../telemetry/json-logger.ts";
import { unrecorded } from "../telemetry/spans.ts";

export function createMonitorCredential(identity: {
  readonly clientId: string | null;
  readonly available: boolean;
}): AzureCredential {
  const send = createOutbound({ clock, logger: createJsonLogger(clock) });
  const named = identity.clientId === null ? {} : { azureClientId: identity.clientId };
  const deps = { managedIdentity: identity.available, ...named, send, clock };
  const credential = createAzureCredential(deps);
  return { getToken: (scopes) => unrecorded(() => credential.getToken(scopes)) };
}
