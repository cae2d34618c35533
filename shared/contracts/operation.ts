// The Operation: the body of every 202 and of the status monitor (design §3.4).

import * as z from "zod";
import { problemSchema } from "./problem.ts";

export const operationSchema = z.object({
  operation_id: z.string(),
  status: z.enum(["queued", "running", "succeeded", "failed", "cancelled", "expired"]),
  stage: z.string(),
  space: z.string(),
  conversation_id: z.string().exactOptional(),
  message_id: z.string().exactOptional(),
  created_at: z.string(),
  updated_at: z.string(),
  expires_at: z.string(),
  retry_after_s: z.number().int(),
  error: problemSchema.exactOptional(),
  links: z.object({ self: z.string(), result: z.string() }),
});
export type OperationBody = z.infer<typeof operationSchema>;
