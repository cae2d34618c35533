// An inbound check with a key document handed to it in place of the network, and a clock that is set.

import { createInboundAuth, type InboundAuth } from "../../../shared/auth/inbound-auth.ts";
import type { OutboundReply } from "../../../shared/outbound/send-outbound.ts";
import type { LogFields, Logger } from "../../../shared/telemetry/logger.ts";
import {
  createTokenForge,
  FORGE_AUTHORITY,
  FORGE_CLIENT_ID,
  FORGE_TENANT,
  type TokenForge,
} from "../../support/token-forge.ts";
import { createVirtualClock, type VirtualClock } from "../../support/virtual-clock.ts";

export interface InboundFixture {
  readonly auth: InboundAuth;
  readonly forge: TokenForge;
  readonly clock: VirtualClock;
  readonly log: readonly { event: string; fields: LogFields }[];
  /** Requests for the key document so far. */
  keyRequests(): number;
  /** What the key endpoint answers from now on. */
  answerKeys(reply: OutboundReply | Promise<OutboundReply>): void;
}

export interface InboundOptions {
  readonly allowedClientIds?: readonly string[];
}

/** A key document as Entra answers it. */
export function keysReply(...keys: readonly unknown[]): OutboundReply {
  return {
    kind: "answered",
    status: 200,
    headers: new Headers(),
    body: Buffer.from(JSON.stringify({ keys })),
  };
}

/** Key generation takes a second: one forge serves all tests of a file. */
export const FORGE_TIME_MS = Date.UTC(2026, 10, 23);
const sharedForge = createTokenForge(FORGE_TIME_MS / 1000);

export async function anInbound(options: InboundOptions = {}): Promise<InboundFixture> {
  const forge = await sharedForge;
  const clock = createVirtualClock(FORGE_TIME_MS);
  const log: { event: string; fields: LogFields }[] = [];
  const record = (event: string, fields: LogFields = {}) => void log.push({ event, fields });
  const logger: Logger = { info: record, warn: record, error: record };
  let requests = 0;
  let reply: OutboundReply | Promise<OutboundReply> = keysReply(forge.key.jwk);
  const auth = createInboundAuth({
    authorityHost: FORGE_AUTHORITY,
    tenantId: FORGE_TENANT,
    clientId: FORGE_CLIENT_ID,
    audiences: [FORGE_CLIENT_ID, `api://${FORGE_CLIENT_ID}`],
    scope: "access_as_user",
    appRole: "Genie.Ask",
    allowedClientIds: options.allowedClientIds ?? null,
    send: async () => {
      requests += 1;
      return reply;
    },
    clock,
    logger,
  });
  return {
    auth,
    forge,
    clock,
    log,
    keyRequests: () => requests,
    answerKeys: (changed) => {
      reply = changed;
    },
  };
}
