// The failure a promise ends with, for assertions on code, status and remedy.

import { expect } from "vitest";
import { AppError, type Failure } from "../../../shared/errors/app-error.ts";

export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const outcome = await work.then(
    () => "resolved",
    (error: unknown) => error,
  );
  if (outcome instanceof AppError) return outcome.failure;
  expect.unreachable(`expected an AppError, got: ${String(outcome)}`);
}
