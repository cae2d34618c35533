// `async=never`: every outcome of a valid request is a 200, also a refusal (design §3.2), for clients that show
// nothing but a 200.

import { AppError } from "../errors/app-error.ts";
import type { Reply } from "../http/route-input.ts";
import type { Clock } from "../telemetry/clock.ts";
import { askView } from "./ask-view.ts";
import { replyToAsk } from "./reply-to-ask.ts";

/** Design §1.3: the answer leaves at most 5 s after the wait; a little is left for writing it. */
export const REPLY_MARGIN_MS = 4_500;

/** @param spaceOf the alias that the request names, if any */
export function toldAsOutcome<Input extends Parameters<typeof askView>[0]>(
  clock: Clock,
  endpoint: (input: Input) => Promise<Reply>,
  spaceOf: (input: Input) => string | undefined,
): (input: Input) => Promise<Reply> {
  return async (input) => {
    try {
      return await endpoint(input);
    } catch (error) {
      if (input.wait.mode !== "never" || !(error instanceof AppError)) throw error;
      const { failure } = error;
      const outcome = { kind: "failed", operation: null, failure, source: null } as const;
      return replyToAsk(outcome, askView(input, spaceOf(input) ?? "default", clock.now()));
    }
  };
}
