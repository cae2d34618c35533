// What we POST to a `callback_url` once an operation is final (design §3.7): for the documents, and for the tests that
// receive it. It holds no question, answer or row.

import * as z from "zod";
import { operationSchema } from "./operation.ts";

export const operationCallbackSchema = z
  .object({
    type: z.enum([
      "genie.operation.succeeded",
      "genie.operation.failed",
      "genie.operation.cancelled",
      "genie.operation.expired",
    ]),
    timestamp: z.iso.datetime().meta({ description: "When it became final." }),
    data: operationSchema,
  })
  .meta({ id: "OperationCallback" });
