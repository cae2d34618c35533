// One try of one callback: signed headers and body → over the guarded connection → what the receiver's status
// means (design §3.7). The URL is a bearer secret: neither it nor its host is ever logged.

import type { SendCallback } from "../operations/deliver-callback.ts";
import type { GuardedPost, GuardedPostReply } from "../outbound/guarded-post.ts";
import type { Clock } from "../telemetry/clock.ts";
import type { Logger } from "../telemetry/logger.ts";
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
    const reply = await post({ ...checked.accepted, headers, body });
    const outcome = outcomeOf(reply);
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

/** 408 and 429 ask for another try; every other 3xx and 4xx is an answer that another try would not change. */
function outcomeOf(reply: GuardedPostReply): Awaited<ReturnType<SendCallback>> {
  if (reply.kind !== "answered") return "failed";
  const { status } = reply;
  if (status >= 200 && status < 300) return "delivered";
  if (status === 408 || status === 429) return "failed";
  return status >= 300 && status < 500 ? "refused" : "failed";
}
