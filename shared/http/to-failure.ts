// The one error funnel: whatever was thrown becomes a failure that is safe to show (design §3.9).
// Of a technical reason only names are logged: its message may hold upstream text.

import { AppError, type Failure } from "../errors/app-error.ts";
import type { Logger } from "../telemetry/logger.ts";

export function toFailure(error: unknown, logger: Logger, requestId: string): Failure {
  if (error instanceof AppError) {
    const { failure, cause } = error;
    if (cause !== undefined) {
      logger.warn("request_failed", {
        ...namesOf(cause),
        request_id: requestId,
        code: failure.code,
      });
    }
    return failure;
  }
  logger.error("internal_error", { ...namesOf(error), request_id: requestId });
  return {
    code: "internal_error",
    detail: "An unexpected error happened; it is logged under this request id.",
  };
}

function namesOf(reason: unknown) {
  const cause = reason instanceof Error ? reason.cause : undefined;
  return { error: nameOf(reason), cause: cause === undefined ? undefined : nameOf(cause) };
}

function nameOf(reason: unknown): string {
  return reason instanceof Error ? reason.name : typeof reason;
}
