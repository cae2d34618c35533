// The failures that only presentation words: what an operation that was cancelled or gave up answers.

import type { Failure } from "../errors/app-error.ts";
import type { Finished, Operation } from "../operations/operation.ts";
import { messagePath } from "./links.ts";

/** The question was cancelled, through us or in Genie itself. */
export const operationCancelled: Failure = {
  code: "operation_cancelled",
  detail: "The question was cancelled before it was answered.",
  remedy: "Ask it again if you still want the answer.",
};

/** The operation gave up; what Genie made of the question later stands behind the link. */
export function deadlineExceeded(operation: Operation): Failure {
  const asked = operation.status === "queued" ? null : operation.asked;
  if (asked === null) {
    return {
      code: "deadline_exceeded",
      detail: "The question could not be asked in time.",
      remedy: "Ask it again later.",
    };
  }
  return {
    code: "deadline_exceeded",
    detail: "Genie did not answer in time.",
    remedy: "Genie may still finish: read the message behind `links.message` later.",
    links: { message: messagePath(asked, operation.space) },
  };
}

/** Why an operation ended without an answer; undefined when it succeeded. */
export function failureOf(operation: Finished): Failure | undefined {
  switch (operation.status) {
    case "succeeded":
      return undefined;
    case "failed":
      return operation.failure;
    case "cancelled":
      return operationCancelled;
    case "expired":
      return deadlineExceeded(operation);
  }
}
