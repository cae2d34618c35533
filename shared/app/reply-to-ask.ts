// The reply to an ask or to `/result`, in the format that was asked for.

import type { Reply } from "../http/route-input.ts";
import { type AskOutcome, type AskView, toAskReply } from "../presentation/ask-reply.ts";
import { inFormat } from "../presentation/formats/answer-content.ts";

/** @throws AppError with the failure of a `failed` outcome, unless the caller asked with `async=never`. */
export async function replyToAsk(outcome: AskOutcome, view: AskView): Promise<Reply> {
  return inFormat(toAskReply(outcome, view), view.links.carried);
}
