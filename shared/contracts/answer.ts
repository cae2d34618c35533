// The Answer: what every ask, `/result` and a read message give back (design §3.3).

import * as z from "zod";
import { genieId, operationId, spaceAlias } from "./ids.ts";
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

export const columnSchema = z
  .object({
    name: z.string().meta({
      description: "Unique: a repeated name got `_2`, `_3` …",
      examples: ["region"],
    }),
    type: z.string().meta({ description: "Databricks' `type_name`.", examples: ["STRING"] }),
  })
  .meta({ id: "Column" });

export const rowSchema = z.record(z.string(), z.unknown()).meta({
  id: "Row",
  description: "Column name → typed cell. What JSON numbers cannot hold exactly is a string.",
  examples: [{ region: "EMEA", revenue: 1_234_567.89 }],
});

const attachmentId = genieId.nullable().meta({
  description: "Null where Genie gave none; then there are no `links`.",
});
const title = z
  .string()
  .nullable()
  .meta({ examples: ["Revenue by region"] });

export const answerResultSchema = z
  .object({
    attachment_id: attachmentId,
    title,
    description: z.string().nullable().meta({ description: "What the query does, in words." }),
    sql: z
      .string()
      .nullable()
      .meta({
        description: "The SQL that Genie wrote and ran.",
        examples: ["SELECT region, SUM(revenue) AS revenue FROM sales GROUP BY region"],
      }),
    statement_id: z.string().nullable().meta({ description: "Databricks' id of the run." }),
    columns: z.array(columnSchema),
    rows: z.array(rowSchema).meta({ description: "At most `max_rows`." }),
    row_count: z.int().min(0).nullable().meta({ description: "Rows that Databricks holds." }),
    truncated: z.boolean().meta({ description: "Genie's limit of 5,000 rows was hit." }),
    expired: z.boolean().meta({ description: "Databricks no longer holds the rows: rerun." }),
    links: z
      .object({
        json: z.url().meta({ description: "The rows, page by page." }),
        csv: z.url().meta({ description: "The rows as a file." }),
        rerun: z.url().meta({ description: "POST: runs the SQL again." }).exactOptional(),
      })
      .exactOptional(),
  })
  .meta({ id: "QueryResult", description: "One query of the answer with its rows." });

export const answerSchema = z
  .object({
    operation_id: operationId.nullable().meta({
      description: "Null when it was not asked through this API or is no longer kept.",
    }),
    conversation_id: genieId
      .nullable()
      .meta({ description: "Send it with the next question to stay in the conversation." }),
    message_id: genieId.nullable().meta({ description: "The question in the conversation." }),
    space: spaceAlias,
    status: z.enum(["completed", "running", "failed"]).meta({
      description:
        "`running` and `failed` only with `async=never` and where messages are read; else 202 and problems say so.",
    }),
    question: z
      .string()
      .nullable()
      .meta({ examples: ["What was revenue by region?"] }),
    answer: z
      .string()
      .nullable()
      .meta({
        description: "The answer as Markdown. Null while there is none, and when Genie asks back.",
        examples: ["Revenue was highest in **EMEA**."],
      }),
    follow_up_question: z.string().nullable().meta({
      description: "Set when Genie asks back: answer it as a new question of the conversation.",
    }),
    suggested_questions: z
      .array(z.string())
      .meta({ examples: [["How did revenue change over time?"]] }),
    results: z.array(answerResultSchema).meta({ description: "All queries, in order." }),
    visualizations: z.array(
      z
        .object({
          attachment_id: attachmentId,
          title,
          links: z.object({ png: z.url().meta({ description: "The picture." }) }).exactOptional(),
        })
        .meta({ id: "Visualization" }),
    ),
    timings: z
      .object({
        queued_ms: z.int().min(0).meta({ description: "From the POST to the ask." }),
        genie_ms: z
          .int()
          .min(0)
          .nullable()
          .meta({ description: "From Genie's creation to its end." }),
      })
      .nullable(),
    error: problemSchema.exactOptional(),
    links: operationLinksSchema.exactOptional(),
  })
  .meta({ id: "Answer", description: "What Genie answered: text, SQL and typed rows." });

/** The same Answer as a card; its elements are Microsoft's to describe (adaptivecards.io). */
const adaptiveCardSchema = z
  .looseObject({ type: z.literal("AdaptiveCard"), version: z.literal("1.5") })
  .meta({ id: "AdaptiveCard", description: "The answer as an Adaptive Card, below 24 KB." });

/** An Answer in each of its formats (`format=`). */
export const answerContent = {
  "application/json": z.union([answerSchema, adaptiveCardSchema]),
  "text/markdown": z.string(),
  "text/plain": z.string(),
} as const;
export type Answer = z.infer<typeof answerSchema>;
export type AnswerResult = z.infer<typeof answerResultSchema>;
