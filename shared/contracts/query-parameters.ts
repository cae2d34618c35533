// Schemas of the query parameters that several endpoints share (design §3.1, §3.2, §3.6).
// Every value arrives as one string; details name the bounds and never repeat what was sent.

import * as z from "zod";
import { ANSWER_FORMATS } from "./answer-format.ts";
import { SPACE_ALIAS } from "./path-parameters.ts";

/** Documents show what the text of the URL stands for. */
function shownAs(shown: { readonly type: "integer" | "boolean"; readonly [key: string]: unknown }) {
  return {
    override: ({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }) => {
      delete jsonSchema.pattern;
      delete jsonSchema.enum;
      Object.assign(jsonSchema, shown);
    },
  };
}

interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
  readonly standard: number;
}

/** A whole number of plain digits between two bounds: no sign, no fraction, no exponent. */
function wholeNumber({ minimum, maximum, standard }: Bounds, description: string) {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error, abort: true })
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, { error })
    .default(standard)
    .meta({ description, ...shownAs({ type: "integer", minimum, maximum, default: standard }) });
}

/** Alias of the space; without it the use case takes `default`, if there is one. */
export const spaceParameter = z
  .string()
  .regex(SPACE_ALIAS, "must be the alias of a space: lower-case letters, digits and hyphens")
  .exactOptional()
  .meta({ description: "Alias of the space; without it `default`." });

/** Of an Answer: asks, `/result` and one message. */
export const answerFormatParameter = z
  .enum(ANSWER_FORMATS, `must be one of ${ANSWER_FORMATS.join(", ")}`)
  .default("json")
  .meta({ description: "Form of the answer: JSON, Markdown, plain text or an Adaptive Card." });

/** How rows are sent; wins over `Accept` (design §3.6). */
export const rowsFormatParameter = z
  .enum(["json", "csv", "ndjson"], "must be one of json, csv, ndjson")
  .exactOptional()
  .meta({ description: "Form of the rows; wins over `Accept`." });

/** A switch: `true` or `false`, off without it. */
export const switchParameter = z
  .enum(["true", "false"], "must be true or false")
  .default("false")
  .transform((value) => value === "true")
  .meta(shownAs({ type: "boolean", default: false }));

const ofLocation = { description: "Of the `Location` of an earlier 202, unchanged." };

/** Of the Location of an earlier 202, unchanged; whether it is ours is checked by the use case. */
export const neededDownloadParameter = z
  .string("is needed: follow the Location unchanged")
  .regex(/^[\w.-]{1,8192}$/, "is not a download of this API")
  .meta(ofLocation);
export const downloadParameter = neededDownloadParameter.exactOptional().meta(ofLocation);

export const maxRowsParameter = wholeNumber(
  { minimum: 0, maximum: 5_000, standard: 100 },
  "Most rows of each result in the answer.",
);

/** `async` and `wait` for callers that cannot set `Prefer`. A long wait is capped, not refused. */
export const waitParameters = {
  async: z
    .enum(["auto", "always", "never"], "must be one of auto, always, never")
    .exactOptional()
    .meta({
      description:
        "`auto`: 202 when the wait is over. `always`: 202 at once. `never`: always 200, with `status` completed, running or failed.",
    }),
  wait: z
    .string()
    .regex(/^\d+$/, "must be a whole number of seconds")
    .transform(Number)
    .exactOptional()
    .meta({
      description: "Seconds to wait for the answer; capped by the gateway.",
      ...shownAs({ type: "integer", minimum: 0 }),
    }),
};

/** `page_size` and the opaque `page_token`; what a token holds is checked by the use case. */
export function pageParameters(maximum: number, standard: number) {
  return {
    page_size: wholeNumber({ minimum: 1, maximum, standard }, "Most entries of the page."),
    page_token: z
      .string()
      .regex(/^[\x21-\x7e]{1,2048}$/, "is not a page token of this API")
      .exactOptional()
      .meta({ description: "`next_page_token` of the page before." }),
  };
}
