// The `Idempotency-Key` header (design §3.2): taken literally, quotes included.

import type { Checked } from "./checked.ts";

/** null: none was sent, which is a fault where the route requires one. */
export function readIdempotencyKey(
  headers: Headers,
  need: "optional" | "required",
): Checked<string | null> {
  const value = headers.get("idempotency-key");
  if (value === null && need === "required") return fault("is required");
  // Two headers of this name arrive joined by ", ": the blank makes them a fault, as it should be.
  if (value === null || /^[\x21-\x7e]{1,255}$/.test(value)) return { value };
  return fault("must be 1 to 255 visible ASCII characters");
}

function fault(detail: string): Checked<never> {
  return { faults: [{ parameter: "Idempotency-Key", detail }] };
}
