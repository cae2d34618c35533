// Where an operation can be followed, as absolute links: in the Operation, and in an Answer that still runs
// (design §3.3, §3.4).

import * as z from "zod";

export const operationLinksSchema = z
  .object({
    self: z.url().meta({ description: "The status monitor." }),
    result: z.url().meta({ description: "The answer, or 202 while there is none." }),
    events: z.url().meta({ description: "Stages as server-sent events, then the answer." }),
  })
  .meta({ id: "OperationLinks", description: "Absolute links of an operation." });
export type OperationLinks = z.infer<typeof operationLinksSchema>;
