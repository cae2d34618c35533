// Schemas of the ids in bodies that we send: what they look like, for the documents. What comes in is checked by the
// rules of path-parameters.ts and asking-schemas.ts.

import * as z from "zod";

/** The ids of every example: a reader can follow them from one operation to the next. */
export const EXAMPLE_GENIE_ID = "01f0a1b2c3d4e5f60718293a4b5c6d7e";
export const EXAMPLE_OPERATION_ID = "f3Qm1y0Zt8rJ2cVbK5nXwA";

export const genieId = z.string().meta({ examples: [EXAMPLE_GENIE_ID] });

export const operationId = z.string().meta({
  description: "Id of the operation.",
  examples: [EXAMPLE_OPERATION_ID],
});

export const spaceAlias = z.string().meta({
  description: "Alias of the Genie space.",
  examples: ["default"],
});
