// Schemas of the picture of a visualisation (design §3.1 table).

import * as z from "zod";
import { spaceParameter } from "./query-parameters.ts";

export const visualizationInput = { query: z.object({ space: spaceParameter }) };
export const visualizationResponses = {
  200: { "image/png": z.file().meta({ description: "The picture." }) },
};
