// Schemas of the query parameters that several endpoints share (design §3.1, §3.2, §3.6).
// Every value arrives as one string; details name the bounds and never repeat what was sent.

import * as z from "zod";
import { ANSWER_FORMATS } from "./answer-format.ts";
import { SPACE_ALIAS } from "./path-parameters.ts";

/** A whole number of plain digits between two bounds: no sign, no fraction, no exponent. */
function wholeNumber(minimum: number, maximum: number) {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, { error });
}

/** Alias of the space; without it the use case takes `default`, if there is one. */
export const spaceParameter = z
  .string()
  .regex(SPACE_ALIAS, "must be the alias of a space: lower-case letters, digits and hyphens")
  .exactOptional();

/** Of an Answer: asks, `/result` and one message. */
export const answerFormatParameter = z
  .enum(ANSWER_FORMATS, `must be one of ${ANSWER_FORMATS.join(", ")}`)
  .default("json");

/** How rows are sent; wins over `Accept` (design §3.6). */
export const rowsFormatParameter = z
  .enum(["json", "csv", "ndjson"], "must be one of json, csv, ndjson")
  .exactOptional();

/** A switch: `true` or `false`, off without it. */
export const switchParameter = z
  .enum(["true", "false"], "must be true or false")
  .default("false")
  .transform((value) => value === "true");

/** Of the Location of an earlier 202, unchanged; whether it is ours is checked by the use case. */
export const downloadParameter = z
  .string()
  .regex(/^[\w.-]{1,8192}$/, "is not a download of this API")
  .exactOptional();

export const maxRowsParameter = wholeNumber(0, 5_000).default(100);

/** `async` and `wait` for callers that cannot set `Prefer`. A long wait is capped, not refused. */
export const waitParameters = {
  async: z.enum(["auto", "always", "never"], "must be one of auto, always, never").exactOptional(),
  wait: z
    .string()
    .regex(/^\d+$/, "must be a whole number of seconds")
    .transform(Number)
    .exactOptional(),
};

/** `page_size` and the opaque `page_token`; what a token holds is checked by the use case. */
export function pageParameters(maximum: number, standard: number) {
  return {
    page_size: wholeNumber(1, maximum).default(standard),
    page_token: z
      .string()
      .regex(/^[\x21-\x7e]{1,2048}$/, "is not a page token of this API")
      .exactOptional(),
  };
}
