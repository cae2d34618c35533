// An outbound client for tests: virtual pauses, half of the jitter, short tries, and what it logged.

import { decodeText } from "../../../shared/outbound/decode-text.ts";
import {
  createOutbound,
  type OutboundReply,
  type OutboundRequest,
} from "../../../shared/outbound/send-outbound.ts";
import type { LogFields } from "../../../shared/telemetry/logger.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

/** `ask` sends a safe GET to `url` unless told otherwise. */
export function createOutboundBench(url: string) {
  const clock = createVirtualClock();
  const logged: { event: string; fields: LogFields | undefined }[] = [];
  const log = (event: string, fields?: LogFields) => void logged.push({ event, fields });
  const logger = { info: log, warn: log, error: log };
  const send = createOutbound({ clock, logger, random: () => 0.5 });
  const ask = (overrides: Partial<OutboundRequest> = {}): Promise<OutboundReply> =>
    clock.run(send({ method: "GET", url, retry: "safe", tryTimeoutMs: 300, ...overrides }));
  return { ask, clock, logged };
}

export const summary = (answer: OutboundReply): string =>
  answer.kind === "answered" ? `${answer.status} ${decodeText(answer.body)}` : answer.kind;
