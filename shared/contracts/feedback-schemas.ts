// Schemas of feedback on a message (design §3.5). A comment that is more than blanks travels to Genie as it came.

import * as z from "zod";
import { humanText } from "./human-text.ts";
import { optionalField } from "./optional-field.ts";
import { spaceParameter } from "./query-parameters.ts";

const COMMENT_LENGTH = 1_000;
const RATINGS = ["positive", "negative", "none"] as const;

const feedbackBody = z
  .strictObject({
    rating: z
      .enum(RATINGS, {
        error: ({ input }) =>
          input === undefined ? "is required" : `must be one of ${RATINGS.join(", ")}`,
      })
      .meta({ description: "`none` takes an earlier rating back." }),
    // Forms send a blank text for a field that nobody filled in: that is no comment, and no mistake either.
    comment: optionalField(
      humanText(COMMENT_LENGTH).transform((text) => (/\S/.test(text) ? text : undefined)),
      {
        description: "What was good or bad; not with `none`.",
        shown: { maxLength: COMMENT_LENGTH },
      },
    ),
  })
  .refine(({ rating, comment }) => rating !== "none" || comment === undefined, {
    path: ["comment"],
    error: "must not come with the rating none",
    when: () => true, // also beside other faults: all are told at once
  })
  .meta({ id: "Feedback" });

export const feedbackInput = { query: z.object({ space: spaceParameter }), body: feedbackBody };
export const feedbackResponses = { 204: null };
