// Reads ahead of its reader by the first piece alone, so that what goes wrong at once is thrown here. It never loses a
// `return`: whoever stops reading lets go of the source, also before the first piece.

import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../telemetry/clock.ts";
import { waitAtMost } from "../telemetry/wait-at-most.ts";

/** A file may drip for ever without a whole row: within the 20 s of a request (design §1.3) it is given up. */
const FIRST_MS = 15_000;

/** @throws what the source throws instead of its first piece; AppError `databricks_unavailable` when that does not come */
export async function withFirst<T>(
  pieces: AsyncIterable<T>,
  clock: Clock,
): Promise<AsyncIterable<T>> {
  const source = pieces[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<T>> | undefined = source.next();
  if ((await waitAtMost(clock, FIRST_MS, first)) === undefined) {
    source.return?.().catch(() => {}); // nobody waits for that
    throw firstRowsLate();
  }
  const next = () => {
    const step = first ?? source.next();
    first = undefined;
    return step;
  };
  const stop = async () => {
    await source.return?.();
    return { done: true, value: undefined } as const;
  };
  // No generator: one that nobody has read from yet would not pass `return` on.
  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}

/** Nothing is wrong with the rows: asked again, they may come in time. */
export function firstRowsLate(): AppError {
  return new AppError({
    code: "databricks_unavailable",
    detail: "Databricks took too long to hand out the first rows.",
    retryAfterSeconds: 5,
  });
}
