// What the document shows of a schema, where zod's own rendering says too much or too little.

import type { ZodOpenApiOverride } from "zod-openapi";

/**
 * - Answers may get fields: who checks them must not refuse a new one (RFC 9457 §3.2 says so of problems). What comes in is closed.
 * - A format says what the expression behind it says.
 * - Whole numbers are within what JSON holds exactly; that is no bound of ours.
 * - A file is bytes: in OpenAPI 3.1 its media type says all.
 */
export const shownSchema: ZodOpenApiOverride = ({ jsonSchema, zodSchema, io }) => {
  if (io === "output" && jsonSchema.additionalProperties === false) {
    delete jsonSchema.additionalProperties;
  }
  if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (zodSchema._zod.def.type === "file") {
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
  }
};
