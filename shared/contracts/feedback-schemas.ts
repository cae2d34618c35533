// Schemas of feedback on a message (design §3.5). A comment that is more than blanks travels to Genie as it came.

import * as z from "zod";
import { humanText } from "./human-text.ts";
import { spaceParameter } from "./query-parameters.ts";

const RATINGS = ["positive", "negative", "none"] as const;

const feedbackBody = z
  .strictObject({
    rating: z.enum(RATINGS, {
      error: ({ input }) =>
        input === undefined ? "is required" : `must be one of ${RATINGS.join(", ")}`,
    }),
    // Forms send a blank text for a field that nobody filled in: that is no comment, and no mistake either.
    comment: humanText(1_000)
      .transform((text) => (/\S/.test(text) ? text : undefined))
      .exactOptional(),
  })
  .refine(({ rating, comment }) => rating !== "none" || comment === undefined, {
    path: ["comment"],
    error: "must not come with the rating none",
    when: () => true, // also beside other faults: all are told at once
  });

export const feedbackInput = { query: z.object({ space: spaceParameter }), body: feedbackBody };
export const feedbackResponses = { 204: null };
