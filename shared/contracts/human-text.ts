// Text that a person typed: its length, and characters that no person types or that have no form on the wire.
// It is checked and never changed.

import * as z from "zod";

/** Unicode controls besides tab, line feed and carriage return: no person types them. */
const CONTROL_CHARACTER = /[^\P{Cc}\t\n\r]/u;

/** A string of at most `maximum` UTF-16 units, which is how clients count, and not code points as zod's `max`. */
export function humanText(maximum: number) {
  const limit = maximum.toLocaleString("en-GB");
  return (
    z
      .string({
        error: ({ input }) => (input === undefined ? "is required" : "must be a string"),
      })
      .refine(
        (text) => text.length <= maximum,
        `must have at most ${limit} characters (UTF-16 units)`,
      )
      .refine((text) => !CONTROL_CHARACTER.test(text), "must not hold control characters")
      // Half a surrogate pair has no UTF-8 form: it could not be sent unchanged.
      .refine((text) => text.isWellFormed(), "must be well-formed Unicode")
  );
}
