// The Operation: the body of every 202 and of the status monitor (design §3.4).

import * as z from "zod";
import { genieId, operationId, spaceAlias } from "./ids.ts";
import { operationLinksSchema } from "./operation-links.ts";
import { problemSchema } from "./problem.ts";

/** Where an operation stands: also what a `stage` event tells. */
export const operationStageSchema = z
  .object({
    status: z
      .enum(["queued", "running", "succeeded", "failed", "cancelled", "expired"])
      .meta({ description: "Where the operation stands; the last four are final." }),
    stage: z.string().meta({
      description:
        "One of Genie's message states, `waiting_for_slot` (also before the ask) or `waiting_for_user`. It keeps its last value at the end.",
      examples: ["EXECUTING_QUERY"],
    }),
  })
  .meta({ id: "OperationStage" });

const time = z.iso.datetime();

export const operationSchema = z
  .object({
    operation_id: operationId,
    ...operationStageSchema.shape,
    space: spaceAlias,
    conversation_id: genieId
      .meta({ description: "The conversation, once Genie was asked." })
      .exactOptional(),
    message_id: genieId
      .meta({ description: "The question, once Genie was asked." })
      .exactOptional(),
    created_at: time.meta({ description: "When the question came in." }),
    updated_at: time.meta({ description: "When it last changed." }),
    expires_at: time.meta({ description: "When the gateway gives up waiting for Genie." }),
    retry_after_s: z
      .int()
      .min(0)
      .max(1_800)
      .meta({ description: "Seconds until another look is worth it.", examples: [2] }),
    error: problemSchema.exactOptional(),
    links: operationLinksSchema,
  })
  .meta({ id: "Operation", description: "A question on its way: the status monitor." });
export type OperationBody = z.infer<typeof operationSchema>;
