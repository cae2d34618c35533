// The Operation: the body of every 202 and of the status monitor (design §3.4).

import * as z from "zod";
import { operationLinksSchema } from "./operation-links.ts";
import { problemSchema } from "./problem.ts";

/** Where an operation stands: also what a `stage` event tells. */
export const operationStageSchema = z.object({
  status: z.enum(["queued", "running", "succeeded", "failed", "cancelled", "expired"]),
  stage: z.string(),
});

export const operationSchema = z.object({
  operation_id: z.string(),
  ...operationStageSchema.shape,
  space: z.string(),
  conversation_id: z.string().exactOptional(),
  message_id: z.string().exactOptional(),
  created_at: z.string(),
  updated_at: z.string(),
  expires_at: z.string(),
  retry_after_s: z.number().int(),
  error: problemSchema.exactOptional(),
  links: operationLinksSchema,
});
export type OperationBody = z.infer<typeof operationSchema>;
