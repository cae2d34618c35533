// The 400 that lists every fault of a request at once (design §3.1 "Body").

import { AppError, type FieldFault } from "../errors/app-error.ts";

/** More would only feed whoever sent thousands of unknown fields. */
const MAX_FAULTS = 100;

/** A 400 with at most 100 faults; each names a field or a parameter and never repeats a value. */
export function invalidRequest(faults: readonly FieldFault[], options?: { cause?: unknown }) {
  const count = faults.length === 1 ? "One field or parameter is" : "Some fields or parameters are";
  return new AppError(
    {
      code: "invalid_request",
      detail: `${count} not valid; see errors.`,
      errors: faults.slice(0, MAX_FAULTS),
    },
    options,
  );
}
