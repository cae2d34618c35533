// Feedback on a message. It replaces what the caller said before, so sending it twice changes nothing and it may be
// repeated like a read. Neither rating nor comment is logged.

import type { Failure } from "../errors/app-error.ts";
import type { Genie } from "../operations/genie.ts";
import type { CallWorkspace } from "./workspace-call.ts";
import { feedbackPath } from "./workspace-paths.ts";
import { expectOk } from "./workspace-read.ts";

const RATINGS = { positive: "POSITIVE", negative: "NEGATIVE", none: "NONE" } as const;

const NOT_TAKEN: Failure = {
  code: "invalid_request",
  detail: "Databricks does not take this feedback for this message.",
  remedy: "Send it once the message has ended, with a shorter comment or without one.",
};

export function createFeedbackSending(call: CallWorkspace): Pick<Genie, "sendFeedback"> {
  return {
    async sendFeedback(ref, { rating, comment }) {
      const body = { rating: RATINGS[rating], ...(comment === undefined ? {} : { comment }) };
      const path = feedbackPath(ref);
      expectOk(await call({ method: "POST", path, body, retry: "safe" }), "message", NOT_TAKEN);
    },
  };
}
