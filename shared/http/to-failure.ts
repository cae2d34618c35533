// The one error funnel: whatever was thrown becomes a failure that is safe to show (design §3.9).
// Of a technical reason only names are logged: its message may hold upstream text.

import { AppError, type Failure } from "../errors/app-error.ts";
import type { Logger } from "../telemetry/logger.ts";

export function toFailure(error: unknown, logger: Logger, requestId: string): Failure {
  const isExpected = error instanceof AppError;
  const reason = isExpected ? error.cause : error;
  if (reason !== undefined) {
    const fields = { request_id: requestId, error: nameOf(reason), cause: nameOfCause(reason) };
    if (isExpected) logger.warn("request_failed", { ...fields, code: error.failure.code });
    else logger.error("internal_error", fields);
  }
  if (isExpected) return error.failure;
  return {
    code: "internal_error",
    detail: "An unexpected error happened; it is logged under this request id.",
  };
}

function nameOf(reason: unknown): string {
  return reason instanceof Error ? reason.name : typeof reason;
}

function nameOfCause(reason: unknown): string | undefined {
  const hasCause = reason instanceof Error && reason.cause !== undefined;
  return hasCause ? nameOf(reason.cause) : undefined;
}
