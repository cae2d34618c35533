// The server-sent events of an operation (design §3.4): stages, then the answer or the problem.
// On the wire each is `event: <event>` and `data: <data as JSON>`.

import * as z from "zod";
import { answerSchema } from "./answer.ts";
import { operationStageSchema } from "./operation.ts";
import { problemSchema } from "./problem.ts";

export const operationEventSchema = z
  .discriminatedUnion("event", [
    z.object({ event: z.literal("stage"), data: operationStageSchema }),
    z.object({ event: z.literal("answer"), data: answerSchema }),
    z.object({ event: z.literal("problem"), data: problemSchema }),
  ])
  .meta({ id: "OperationEvent", description: "One event of the stream." });
export type OperationEvent = z.infer<typeof operationEventSchema>;
