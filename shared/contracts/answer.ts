// The Answer: what every ask, `/result` and a read message give back (design §3.3).

import * as z from "zod";
import { operationLinksSchema } from "./operation-links.ts";
import { problemSchema } from "./problem.ts";

/** A typed cell: JSON number, string, boolean, null, or the JSON value of an array, map, struct or VARIANT. */
export type CellValue =
  | string
  | number
  | boolean
  | null
  | readonly CellValue[]
  | { readonly [key: string]: CellValue };

export const columnSchema = z.object({ name: z.string(), type: z.string() });
export const rowSchema = z.record(z.string(), z.unknown());

export const answerResultSchema = z.object({
  attachment_id: z.string().nullable(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  sql: z.string().nullable(),
  statement_id: z.string().nullable(),
  columns: z.array(columnSchema),
  rows: z.array(rowSchema),
  row_count: z.number().int().nullable(),
  truncated: z.boolean(),
  expired: z.boolean(),
  links: z
    .object({ json: z.string(), csv: z.string(), rerun: z.string().exactOptional() })
    .exactOptional(),
});

export const answerSchema = z.object({
  operation_id: z.string().nullable(),
  conversation_id: z.string().nullable(),
  message_id: z.string().nullable(),
  space: z.string(),
  status: z.enum(["completed", "running", "failed"]),
  question: z.string().nullable(),
  answer: z.string().nullable(),
  follow_up_question: z.string().nullable(),
  suggested_questions: z.array(z.string()),
  results: z.array(answerResultSchema),
  visualizations: z.array(
    z.object({
      attachment_id: z.string().nullable(),
      title: z.string().nullable(),
      links: z.object({ png: z.string() }).exactOptional(),
    }),
  ),
  timings: z.object({ queued_ms: z.number(), genie_ms: z.number().nullable() }).nullable(),
  error: problemSchema.exactOptional(),
  links: operationLinksSchema.exactOptional(),
});
export type Answer = z.infer<typeof answerSchema>;
export type AnswerResult = z.infer<typeof answerResultSchema>;
