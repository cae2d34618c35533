// The code that a use case refuses with, or words that no test expects.

import { AppError } from "../../shared/errors/app-error.ts";

export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AppError ? error.failure.code : `no AppError: ${String(error)}`;
}
