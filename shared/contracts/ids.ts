// Schemas of the ids in bodies that we send: what they look like, for the documents. What comes in is checked by the
// rules of path-parameters.ts and asking-schemas.ts.

import * as z from "zod";

export const genieId = z.string().meta({ examples: ["01f0a1b2c3d4e5f60718293a4b5c6d7e"] });

export const operationId = z.string().meta({
  description: "Id of the operation.",
  examples: ["f3Qm1y0Zt8rJ2cVbK5nXwA"],
});

export const spaceAlias = z.string().meta({
  description: "Alias of the Genie space.",
  examples: ["default"],
});
