// One try of one callback: signed headers and body → over the guarded connection → what the receiver's status
// means (design §3.7). The URL is a bearer secret: neither it nor its host is ever logged.

import type { SendCallback } from "../operations/deliver-callback.ts";
import type { GuardedPost, GuardedPostReply } from "../outbound/guarded-post.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
import { measure } from "../telemetry/measure.ts";
import { currentTraceparent, inSpan } from "../telemetry/spans.ts";
import { type CallbackHost, checkCallbackUrl } from "./callback-url.ts";

export interface SendCallbackDeps {
  readonly hosts: readonly CallbackHost[];
  readonly post: GuardedPost;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createSendCallback({ hosts, post, clock, logger }: SendCallbackDeps): SendCallback {
  return async (text, headers, body) => {
    const startedAt = clock.now();
    // Again: the list may have become shorter since the question came in.
    const checked = checkCallbackUrl(text, hosts);
    if ("fault" in checked) {
      logger.warn("callback_host_not_allowed", { operation_id: headers["webhook-id"] });
      return "refused";
    }
    const reply = await inSpan(SPAN, async (span) => {
      const sent = await post({ ...checked.accepted, headers: traced(headers), body });
      span.set("genie.callback.outcome", outcomeOf(sent));
      if (sent.kind === "answered") span.set("http.response.status_code", sent.status);
      if (outcomeOf(sent) !== "delivered") span.fail(sent.kind);
      return sent;
    });
    const outcome = outcomeOf(reply);
    measure("genie.callback.tries", 1, { outcome });
    logger.info("callback_tried", {
      operation_id: headers["webhook-id"],
      outcome,
      reply: reply.kind,
      status: reply.kind === "answered" ? reply.status : undefined,
      ms: clock.now() - startedAt,
    });
    return outcome;
  };
}

const SPAN = {
  name: "POST callback_url",
  kind: "client",
  attributes: { "http.request.method": "POST", "peer.service": "receiver" },
} as const;

/** The receiver's own telemetry goes on with the operation's trace; without a trace nothing is added. */
function traced(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const traceparent = currentTraceparent();
  return traceparent === undefined ? headers : { ...headers, traceparent };
}

/** 408 and 429 ask for another try; every other 3xx and 4xx is an answer that another try would not change. */
function outcomeOf(reply: GuardedPostReply): Awaited<ReturnType<SendCallback>> {
  if (reply.kind !== "answered") return "failed";
  const { status } = reply;
  if (status >= 200 && status < 300) return "delivered";
  if (status === 408 || status === 429) return "failed";
  return status >= 300 && status < 500 ? "refused" : "failed";
}
