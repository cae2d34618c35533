// Where an operation can be followed, as absolute links: in the Operation, and in an Answer that still runs
// (design §3.3, §3.4).

import * as z from "zod";

export const operationLinksSchema = z.object({
  self: z.string(),
  result: z.string(),
  events: z.string(),
});
export type OperationLinks = z.infer<typeof operationLinksSchema>;
